/** `npm run migrations -- accounts|history`: writes the migration for what changed in that schema. */
import { spawnSync } from 'node:child_process';
import { ensureInstalled, fail, projectEnv, root } from './lib/project.mjs';

const [database, ...rest] = process.argv.slice(2);
if (database !== 'accounts' && database !== 'history') fail('Say which database: accounts or history.');
ensureInstalled();
const config = `src-server/database/${database}/drizzle.config.ts`;
const result = spawnSync('drizzle-kit', ['generate', '--config', config, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: projectEnv(),
  shell: process.platform === 'win32',
});
process.exit(result.status ?? 1);
