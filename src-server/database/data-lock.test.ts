import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataInUseError, lockDataDir } from './data-lock.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-lock-'));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

it('lets one Foyer at a time work on a folder', () => {
  const release = lockDataDir(dataDir);
  expect(() => lockDataDir(dataDir)).toThrow(DataInUseError);
  release();
  lockDataDir(dataDir)();
});

it('is freed when its process is killed', async () => {
  const script = `
    import { lockDataDir } from ${JSON.stringify(path.join(import.meta.dirname, 'data-lock.ts'))};
    lockDataDir(process.argv[1]);
    console.log('locked');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  await once(child.stdout, 'data');
  expect(() => lockDataDir(dataDir)).toThrow(DataInUseError);
  child.kill('SIGKILL');
  await once(child, 'close');
  lockDataDir(dataDir)();
});
