/** The OS keychain against a real Secret Service: gnome-keyring on a bus of its own. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const missing = ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'].filter(
  (tool) => process.platform !== 'linux' || spawnSync('which', [tool]).status !== 0,
);
if (missing.length > 0) {
  console.warn(
    `\n*** SKIPPED: the OS keychain was not tried for real; not found: ${missing.join(', ')} ` +
      '(Debian: apt-get install dbus gnome-keyring libglib2.0-bin) ***\n',
  );
}

const probe = path.resolve(import.meta.dirname, 'testing', 'probe.ts');
const homes: string[] = [];
afterAll(() => {
  for (const home of homes) fs.rmSync(home, { recursive: true, force: true });
});

/** A home folder with no keyring yet. */
function newHome(): Record<string, string> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-keyring-'));
  homes.push(home);
  fs.mkdirSync(path.join(home, 'run'), { mode: 0o700 });
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
    NODE_NO_WARNINGS: '1',
  };
}

function run(command: string, args: readonly string[], env: Record<string, string>): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== 0) reject(new Error(`ended with ${code ?? signal} after: ${output}`));
      else resolve(output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])));
    });
  });
}

const UNLOCK = 'printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
const START_LOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1';
const LOCK =
  'gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets --method org.freedesktop.Secret.Service.Lock "[\'/org/freedesktop/secrets/collection/login\']" >/dev/null';

/** Lines of a shell script on a fresh bus; `steps(…)` is a line that drives the keychain. */
function onBus(env: Record<string, string>, ...lines: string[]): Promise<unknown[]> {
  return run('dbus-run-session', ['--', 'bash', '-e', '-c', lines.join('\n')], env);
}

const steps = (...all: string[]) =>
  [process.execPath, probe, ...all].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

describe.skipIf(missing.length > 0)('with gnome-keyring', { timeout: 30_000 }, () => {
  it('secrets outlive the daemon; what is not there is not there', async () => {
    const env = newHome();
    expect(
      await onBus(
        env,
        UNLOCK,
        steps('status', 'get:a', 'list', 'set:a=one', 'set:a=deux «é»', 'get:a', 'set:b=2', 'list'),
      ),
    ).toEqual(['ok', null, [], 'set', 'set', 'deux «é»', 'set', expect.arrayContaining(['a', 'b'])]);
    expect(await onBus(env, UNLOCK, steps('get:a', 'delete:a', 'delete:a', 'get:a', 'list'))).toEqual([
      'deux «é»',
      true,
      false,
      null,
      ['b'],
    ]);
  });

  it('a locked keyring is locked: not empty, not emptied, and it does not take the process down', async () => {
    const env = newHome();
    await onBus(env, UNLOCK, steps('set:a=secret'));
    const locked = 'refused: locked';
    expect(
      await onBus(env, START_LOCKED, steps('status', 'get:a', 'get:absent', 'delete:a', 'set:a=new', 'list')),
    ).toEqual(['locked', locked, locked, locked, locked, locked]);
    expect(await onBus(env, UNLOCK, steps('get:a'))).toEqual(['secret']);
  });

  it('a keyring that is locked while Foyer runs is noticed', async () => {
    const env = newHome();
    expect(
      await onBus(
        env,
        UNLOCK,
        steps('set:a=secret', 'status'),
        LOCK,
        steps('status', 'get:a', 'delete:a', 'list'),
      ),
    ).toEqual(['set', 'ok', 'locked', 'refused: locked', 'refused: locked', 'refused: locked']);
  });

  it('a daemon that has no keyring yet, and nobody to ask, is away', async () => {
    expect(await onBus(newHome(), START_LOCKED, steps('status', 'get:a'))).toEqual([
      expect.stringMatching(/^(unavailable|locked)$/),
      expect.stringMatching(/^refused: /),
    ]);
  });

  it('no bus: away, and told quickly', async () => {
    const began = performance.now();
    expect(await run(process.execPath, [probe, 'status', 'get:a', 'set:a=b', 'list'], newHome())).toEqual([
      'unavailable',
      'refused: unavailable',
      'refused: unavailable',
      'refused: unavailable',
    ]);
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});
