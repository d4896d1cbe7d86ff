/**
 * What the start and test scripts share. Runs on Node 20 with nothing installed: only Node's own modules here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const windows = process.platform === 'win32';
const modules = path.join(root, 'node_modules');

/** The Node that the project brings along; what needs native modules or newer syntax runs on it. */
export const localNode = path.join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** The environment for child processes: the project's own Node and tools come first. */
export function projectEnv(extra = {}) {
  const bin = path.join(modules, '.bin');
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, ...extra };
}

/** Says something that a person should read, and nothing else. */
export function say(line) {
  console.log(line);
}

/** Installs the locked packages when that has not happened yet for this lock file. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(modules, '.foyer-installed');
  if (fs.existsSync(localNode) && (readText(stamp) === lock || installedByHand())) return;
  say('Installing packages (npm ci) …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, 'ci']] : [windows ? 'npm.cmd' : 'npm', ['ci']];
  const result = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows && !npm,
  });
  if (result.status !== 0) fail('The packages could not be installed; see the messages of npm above.');
  if (!fs.existsSync(localNode)) {
    fail(
      'The package "node" has no binary: allow its install script (npm config get ignore-scripts) and try again.',
    );
  }
  fs.writeFileSync(stamp, lock);
}

/** Builds what has changed since the last build. */
export function ensureBuilt() {
  const result = spawnSync(localNode, [path.join(root, 'scripts', 'build.mjs'), '--if-stale'], {
    cwd: root,
    stdio: 'inherit',
    env: projectEnv(),
  });
  if (result.status !== 0) fail('The build failed; see above.');
}

/**
 * Runs a program in the foreground until it ends. Ctrl-C reaches it directly; this process only waits, so that it can
 * stop in its own time.
 */
export function runForeground(command, args, env = projectEnv()) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  child.on('error', (error) => fail(error.message));
}

/** Ends with a sentence and exit code 1. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** npm writes its own record last: one newer than the lock file means that somebody ran npm after the lock changed. */
function installedByHand() {
  const modified = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return modified(path.join(modules, '.package-lock.json')) > modified(path.join(root, 'package-lock.json'));
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
