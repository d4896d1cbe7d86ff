/** Starts the built desktop app as a person's own, with a data folder and settings of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/lib/electron.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

export type Env = Readonly<Record<string, string>>;

export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app printed. */
  output(): string;
  /** Quits as the menu does. Fails unless the app ends by itself, and well. */
  quit(): Promise<void>;
  /** Sends what the system sends at shutdown. Fails unless the app ends by itself, and well. */
  terminate(): Promise<void>;
}

export interface Desktop {
  /** Settings, data and window state of the person this test plays. */
  readonly home: string;
  /** Starts the app and waits for its window. */
  launch(options?: { env?: Env; args?: readonly string[] }): Promise<DesktopApp>;
  /** Starts the app for its own sake, without looking inside. */
  spawn(env?: Env, args?: readonly string[]): ChildProcess;
}

/** A test that has a desktop of its own, and leaves nothing running on it. */
export const test = base.extend<{ desktop: Desktop }>({
  desktop: async ({}, use) => {
    const skipped = electronBinary() === null;
    if (skipped) console.error('skipped: no Electron binary');
    base.skip(skipped, 'no Electron binary');
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-desktop-'));
    await use({
      home,
      launch: (options = {}) => launch(home, options.env ?? {}, options.args ?? []),
      spawn: (env = {}, args = []) =>
        spawn(program(), [...appArguments(), ...args], { env: environment(home, env) }),
    });
    if (base.info().status === base.info().expectedStatus) {
      await expect.poll(() => processesOf(home), { message: 'processes left after quitting' }).toEqual([]);
    } else {
      for (const pid of processesOf(home)) process.kill(pid, 'SIGKILL');
    }
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  },
});

/** Every file of Foyer's data, with its contents. */
export function dataFiles(home: string): { name: string; contents: Buffer }[] {
  return fs
    .readdirSync(path.join(home, 'Foyer', 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: entry.name,
      contents: fs.readFileSync(path.join(entry.parentPath, entry.name)),
    }));
}

async function launch(home: string, env: Env, args: readonly string[]): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath: program(),
    args: appArguments(args),
    cwd: root,
    timeout: 20_000,
    env: environment(home, env),
  });
  let printed = '';
  const child = app.process();
  const print = (text: unknown) => {
    printed += String(text);
  };
  child.stdout?.on('data', print);
  child.stderr?.on('data', print);
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? String(code))),
  );
  const page = await app.firstWindow({ timeout: 20_000 });
  await page.waitForLoadState('domcontentloaded');
  return {
    app,
    page,
    output: () => printed,
    // Playwright's close quits the app and lets go of its debugger, which Node would wait for. It kills what does not
    // end, and the signal would show.
    quit: async () => {
      await app.close();
      expect(await ended, `how the app ended\n${printed}`).toBe('0');
    },
    terminate: async () => {
      child.kill('SIGTERM');
      expect(await ended, `how the app ended\n${printed}`).toBe('0');
    },
  };
}

function program(): string {
  const binary = electronBinary();
  if (binary === null) throw new Error('no Electron binary');
  return binary;
}

/** As root Chromium refuses its sandbox; the app itself never asks for this. */
function appArguments(more: readonly string[] = []): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...more, root];
}

/** Processes that run with this home in their environment. */
function processesOf(home: string): number[] {
  const pids = execFileSync('ps', ['-eo', 'pid='], { encoding: 'utf8' }).trim().split('\n').map(Number);
  return pids.filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home);
    } catch {
      return false;
    }
  });
}

/** A home of its own, English, and none of the settings that whoever runs the tests may have. */
function environment(home: string, env: Env): Record<string, string> {
  const settings =
    /^(FOYER_(?!TEST)|OPENAI_|CHATKIT_|ADMIN_|AUTH_|ALLOWED_|ACCESS_|TRUSTED_|RATE_|NODE_OPTIONS|ELECTRON_RENDERER|LC_|LANGUAGE)/;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !settings.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), XDG_CONFIG_HOME: home, LANG: 'en_GB.UTF-8', ...env };
}
