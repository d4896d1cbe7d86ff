/**
 * `npm run build [-- --if-stale]`: builds main, preload, pages and the standalone element into out/, collects the
 * licences of what is in them, and copies the migrations there. With --if-stale nothing happens while no input has changed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { buildDiagramPage } from './lib/diagram-page.mjs';
import { collectLicences } from './lib/licences.mjs';
import { fail, localNode, projectEnv, root, say } from './lib/project.mjs';

const FOLDERS = ['src-main', 'src-renderer', 'src-server', 'src-shared'];
const FILES = [
  'electron.vite.config.ts',
  'vite.element.config.ts',
  'vite.pages.config.ts',
  'vite.zod.ts',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/lib/diagram-page.mjs',
  'scripts/lib/licences.mjs',
];
const out = path.join(root, 'out');
const stamp = path.join(out, 'build.json');

const inputs = hashInputs();
if (!process.argv.includes('--if-stale') || readStamp() !== inputs) await build();

async function build() {
  say('Building …');
  fs.rmSync(stamp, { force: true });
  run('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'warn']);
  run('vite', 'bin/vite.js', ['build', '--config', 'vite.element.config.ts', '--logLevel', 'warn']);
  fs.writeFileSync(path.join(out, 'renderer', 'chatkit-diagram.html'), await buildDiagramPage());
  const licences = JSON.stringify(collectLicences());
  fs.writeFileSync(path.join(out, 'renderer', 'licences.json'), licences);
  for (const database of ['accounts', 'history']) {
    const migrations = path.join('database', database, 'migrations');
    fs.rmSync(path.join(out, migrations), { recursive: true, force: true });
    fs.cpSync(path.join(root, 'src-server', migrations), path.join(out, migrations), { recursive: true });
  }
  fs.writeFileSync(stamp, `${JSON.stringify({ inputs })}\n`);
}

function run(name, file, args) {
  const result = spawnSync(localNode, [path.join(root, 'node_modules', name, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: projectEnv({ NODE_ENV: 'production' }),
  });
  if (result.status !== 0) fail(`${name} could not build; see above.`);
}

/** One hash over the names and contents of everything that is built. */
function hashInputs() {
  const hash = createHash('sha256');
  for (const file of [...FILES, ...FOLDERS.flatMap(sources)]) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sources(folder) {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stamp, 'utf8')).inputs;
  } catch {
    return null;
  }
}
