/** Starts the built headless server as people do, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HEADLESS_ENV } from '../../scripts/lib/headless.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

export const ADMINISTRATOR = { email: 'ada@example.org', password: 'correct horse battery' } as const;

export interface Headless {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** Ends it like Ctrl-C and waits. */
  stop(): Promise<number | null>;
  /** kill -9, and waits. */
  kill(): Promise<void>;
}

export interface HeadlessOptions {
  /** Default: a new folder under the system's temporary one. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Creates {@link ADMINISTRATOR} at start. Default true. */
  readonly provision?: boolean;
  readonly args?: readonly string[];
}

/** A data folder of its own; the caller removes it. */
export function makeDataDir(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-data-'));
}

/** Starts `out/main/headless.cjs` and waits until it says that it is ready. @throws when it ends before that */
export async function startHeadless(options: HeadlessOptions = {}): Promise<Headless> {
  const dataDir = options.dataDir ?? makeDataDir();
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) {
    if (/^(FOYER_|OPENAI_|CHATKIT_|ADMIN_|AUTH_|ALLOWED_|ACCESS_|TRUSTED_|RATE_)/.test(name))
      delete environment[name];
  }
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'out', 'main', 'headless.cjs'),
      '--port',
      '0',
      '--data',
      dataDir,
      ...(options.args ?? []),
    ],
    {
      cwd: root,
      env: {
        ...environment,
        ...HEADLESS_ENV,
        FOYER_KEYCHAIN: 'file',
        // Tests and measurements ask faster than people do; the counting stays on.
        RATE_LIMIT_REQUESTS: '1000000',
        RATE_LIMIT_MESSAGES: '1000000',
        RATE_LIMIT_UPLOADS: '1000000',
        ...(options.provision === false
          ? {}
          : { ADMIN_EMAIL: ADMINISTRATOR.email, ADMIN_PASSWORD: ADMINISTRATOR.password }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));

  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const match = /Foyer is ready at (\S+)/.exec(printed);
      if (match?.[1]) resolve(match[1]);
    };
    child.stdout.on('data', look);
    void ended.then((code) => reject(new Error(`Foyer ended with code ${code}:\n${printed}`)));
  });

  return {
    url,
    dataDir,
    process: child,
    output: () => printed,
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
