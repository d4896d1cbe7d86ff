/** `npm run bench [-- NAME] [--json FILE]`: measures the built app; the benchmarks stand in scripts/bench/. */
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, fail, localNode, root, runForeground } from './lib/project.mjs';

const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && !first.startsWith('--');
const name = named ? first : 'app';
const file = path.join(root, 'scripts', 'bench', `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !fs.existsSync(file)) {
  const names = fs.readdirSync(path.join(root, 'scripts', 'bench'));
  fail(`There is no benchmark "${name}". There are: ${names.map((n) => n.replace('.ts', '')).join(', ')}`);
}
ensureInstalled();
ensureBuilt();
runForeground(localNode, [file, ...(named ? rest : process.argv.slice(2))]);
