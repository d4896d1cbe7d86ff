/** Programs that run at the same time, of which none outlives this one. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { projectEnv, root } from './project.mjs';

const windows = process.platform === 'win32';
const running = new Set();

/**
 * Starts a program; resolves when it has ended, with whether it went well and how long it took. What it prints goes to
 * the terminal, or else into `log`.
 */
export function start([command, ...args], { env = {}, log } = {}) {
  const started = Date.now();
  const output = log === undefined ? 'inherit' : fs.openSync(log, 'w');
  const child = spawn(command, args, {
    cwd: root,
    stdio: [log === undefined ? 'inherit' : 'ignore', output, output],
    env: projectEnv(env),
    shell: windows,
    // A group of its own: one signal reaches the program and all that it has started.
    detached: !windows,
  });
  running.add(child);
  if (log !== undefined) fs.closeSync(output);
  return new Promise((resolve) => {
    const end = (well) => {
      running.delete(child);
      resolve({ well, seconds: (Date.now() - started) / 1000 });
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => {
      signalGroup(child, 'SIGTERM');
      end(code === 0);
    });
  });
}

/** Ctrl-C ends everything that runs, and then this program; a second one does not wait for them. */
export function endTogether() {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const child of running) signalGroup(child, asked ? 'SIGKILL' : signal);
      asked = true;
      const wait = setInterval(() => {
        if (running.size > 0) return;
        clearInterval(wait);
        process.exit(130);
      }, 50);
    });
  }
}

function signalGroup(child, signal) {
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}
