/** Starts the built desktop app as a person's own, with a data folder and settings of its own. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from '../../scripts/lib/electron.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app printed. */
  output(): string;
  /** Quits as the menu does, and waits for the process. */
  quit(): Promise<void>;
}

/** A home of its own for one test: settings, data, window state. */
export function makeHome(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-desktop-'));
}

export async function launch(home: string, env: Readonly<Record<string, string>> = {}): Promise<DesktopApp> {
  const binary = electronBinary();
  if (binary === null) throw new Error('no Electron binary');
  const app = await _electron.launch({
    executablePath: binary,
    // As root Chromium refuses its sandbox; the app itself never asks for this.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
    cwd: root,
    timeout: 15_000,
    env: { ...withoutSettings(process.env), XDG_CONFIG_HOME: home, LANG: 'en_GB.UTF-8', ...env },
  });
  let printed = '';
  const child = app.process();
  child.stdout?.on('data', (text) => {
    printed += String(text);
  });
  child.stderr?.on('data', (text) => {
    printed += String(text);
  });
  const page = await app.firstWindow({ timeout: 15_000 });
  await page.waitForLoadState('domcontentloaded');
  return {
    app,
    page,
    output: () => printed,
    // Playwright's close quits the app and lets go of its debugger, which Node would wait for.
    quit: () => app.close(),
  };
}

/** Processes that still run with this home in their environment. */
export function processesOf(home: string): string[] {
  const pids = execFileSync('ps', ['-eo', 'pid='], { encoding: 'utf8' })
    .split('\n')
    .map((pid) => pid.trim());
  return pids.filter((pid) => {
    try {
      return pid !== '' && fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home);
    } catch {
      return false;
    }
  });
}

function withoutSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const names =
    /^(FOYER_(?!TEST)|OPENAI_|CHATKIT_|ADMIN_|AUTH_|ALLOWED_|ACCESS_|NODE_OPTIONS|ELECTRON_RENDERER)/;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !names.test(entry[0]),
    ),
  );
}
