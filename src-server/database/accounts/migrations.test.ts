import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../open.ts';

const current = path.join(import.meta.dirname, 'migrations');
let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-migrations-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

/** The migrations folder as it was when it had `count` steps. */
function earlier(count: number): string {
  const folder = path.join(dir, `first-${count}`);
  fs.cpSync(current, folder, { recursive: true });
  const file = path.join(folder, 'meta', '_journal.json');
  const journal = z
    .looseObject({ entries: z.array(z.unknown()) })
    .parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  fs.writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

it('password wraps from before their parameters were stored get those they were made with', () => {
  const file = path.join(dir, 'foyer.db');
  const before = openDatabase({ file, migrationsDir: earlier(1) });
  before.exec(`
    INSERT INTO users VALUES ('usr_a', 'a@example.org', 'hash', 'administrator', '2026', '2026');
    INSERT INTO key_wraps VALUES ('usr_a', 'password', x'01', x'02', x'03'), ('usr_a', 'install', NULL, x'04', x'05');`);
  before.close();
  const after = openDatabase({ file, migrationsDir: current });
  expect(after.prepare('SELECT kind, params, ciphertext FROM key_wraps ORDER BY kind').all()).toEqual([
    { kind: 'install', params: null, ciphertext: Buffer.from([5]) },
    { kind: 'password', params: 'm=19456,t=2,p=1', ciphertext: Buffer.from([3]) },
  ]);
  after.close();
});
