/** Finds out whether the desktop window can be opened here. Runs on Node 20 with nothing installed. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { localNode, projectEnv, root, say } from './project.mjs';

const PROGRAM = {
  linux: 'electron',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Path of an Electron binary that is already here, or null. */
export function electronBinary() {
  const program = PROGRAM[process.platform] ?? 'electron';
  const folders = [
    process.env.ELECTRON_OVERRIDE_DIST_PATH,
    path.join(root, 'node_modules', 'electron', 'dist'),
  ];
  for (const folder of folders) {
    if (folder && fs.existsSync(path.join(folder, program))) return path.join(folder, program);
  }
  return null;
}

/** Fetches the Electron binary once; null when that does not work. */
export function downloadElectron() {
  say('Fetching Electron …');
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  const result = spawnSync(localNode, [installer], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'ignore'],
    env: projectEnv(),
    timeout: 10 * 60_000,
  });
  return result.status === 0 ? electronBinary() : null;
}

/** Why no window can be opened here, in a few words, or null when one can. */
export function noDisplayReason() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron does not run as root';
  return null;
}
