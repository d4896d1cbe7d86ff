import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseFromFutureError, DatabaseKeyError, openDatabase } from './open.ts';

let dir: string;
let migrationsDir: string;
let file: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-database-'));
  migrationsDir = path.join(dir, 'migrations');
  file = path.join(dir, 'test.db');
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const TABLES = `CREATE TABLE people (id text PRIMARY KEY);
--> statement-breakpoint
CREATE TABLE keys (owner text NOT NULL REFERENCES people(id) ON DELETE CASCADE, value text);`;

/** Writes a folder as drizzle-kit does. */
function migrations(...statements: string[]): void {
  fs.mkdirSync(path.join(migrationsDir, 'meta'), { recursive: true });
  const entries = statements.map((sql, idx) => {
    const tag = `000${idx}_step`;
    fs.writeFileSync(path.join(migrationsDir, `${tag}.sql`), sql);
    return { idx, version: '6', when: 1_000 + idx, tag, breakpoints: true };
  });
  fs.writeFileSync(
    path.join(migrationsDir, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
  );
}

describe('opening a database', () => {
  it('sets the pragmas that durability and references need', () => {
    migrations(TABLES);
    const database = openDatabase({ file, migrationsDir });
    const value = (name: string) => database.pragma(name, { simple: true });
    expect({
      journal: value('journal_mode'),
      synchronous: value('synchronous'),
      foreignKeys: value('foreign_keys'),
      trusted: value('trusted_schema'),
      temporary: value('temp_store'),
      erase: value('secure_delete'),
      timeout: value('busy_timeout'),
    }).toEqual({
      journal: 'wal',
      synchronous: 2,
      foreignKeys: 1,
      trusted: 0,
      temporary: 2,
      erase: 1,
      timeout: 5_000,
    });
    database.close();
  });

  it('keeps file, log and index to their owner, whatever the folder and the mask allow', () => {
    migrations(TABLES);
    fs.chmodSync(dir, 0o755);
    const mask = process.umask(0);
    try {
      const database = openDatabase({ file, migrationsDir });
      database.exec("INSERT INTO people VALUES ('a')");
      const names = fs.readdirSync(dir).filter((name) => name.startsWith('test.db'));
      expect(names).toContain('test.db-wal');
      expect(names.map((name) => fs.statSync(path.join(dir, name)).mode & 0o777)).toEqual(
        names.map(() => 0o600),
      );
      database.close();
    } finally {
      process.umask(mask);
    }
  });

  it('encrypts with the key it is given, and opens with no other', () => {
    migrations(TABLES);
    const key = randomBytes(32);
    const database = openDatabase({ file, key, migrationsDir });
    database.exec("INSERT INTO people VALUES ('canary-text')");
    database.close();
    const before = fs.readFileSync(file);
    expect(before.includes('canary-text')).toBe(false);
    expect(before.includes('SQLite format')).toBe(false);

    const other = randomBytes(32);
    for (const wrong of [{ key: other }, {}]) {
      let error: unknown;
      try {
        openDatabase({ file, migrationsDir, ...wrong });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(DatabaseKeyError);
      expect(String(error)).not.toContain(other.toString('hex'));
    }
    expect(fs.readFileSync(file)).toEqual(before);
    const again = openDatabase({ file, key, migrationsDir });
    expect(again.prepare('SELECT id FROM people').all()).toEqual([{ id: 'canary-text' }]);
    again.close();
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes without showing it', (length) => {
    migrations(TABLES);
    expect(() => openDatabase({ file, key: Buffer.alloc(length, 0xab), migrationsDir })).toThrow(RangeError);
    expect(() => openDatabase({ file, key: Buffer.alloc(length, 0xab), migrationsDir })).not.toThrow(/abab/);
  });
});

describe('bringing a database up to date', () => {
  it('applies what is new and nothing twice', () => {
    migrations(TABLES);
    openDatabase({ file, migrationsDir }).close();
    migrations(TABLES, 'ALTER TABLE people ADD name text;');
    openDatabase({ file, migrationsDir }).close();
    const database = openDatabase({ file, migrationsDir });
    expect(database.prepare('SELECT name FROM people').all()).toEqual([]);
    database.close();
  });

  it('keeps dependent rows when a migration rebuilds a table, as drizzle-kit does', () => {
    migrations(TABLES);
    const first = openDatabase({ file, migrationsDir });
    first.exec("INSERT INTO people VALUES ('a'); INSERT INTO keys VALUES ('a', 'kept');");
    first.close();
    migrations(
      TABLES,
      `PRAGMA foreign_keys=OFF;
--> statement-breakpoint
CREATE TABLE __new_people (id text PRIMARY KEY, role text);
--> statement-breakpoint
INSERT INTO __new_people (id) SELECT id FROM people;
--> statement-breakpoint
DROP TABLE people;
--> statement-breakpoint
ALTER TABLE __new_people RENAME TO people;
--> statement-breakpoint
PRAGMA foreign_keys=ON;`,
    );
    const database = openDatabase({ file, migrationsDir });
    expect(database.prepare('SELECT * FROM keys').all()).toEqual([{ owner: 'a', value: 'kept' }]);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => database.exec("INSERT INTO keys VALUES ('nobody', 'x')")).toThrow(/FOREIGN KEY/);
    database.close();
  });

  it('leaves everything as it was when a step fails', () => {
    migrations(TABLES);
    openDatabase({ file, migrationsDir }).close();
    migrations(TABLES, 'ALTER TABLE people ADD name text;', 'ALTER TABLE nothing ADD name text;');
    expect(() => openDatabase({ file, migrationsDir })).toThrow();
    migrations(TABLES);
    const database = openDatabase({ file, migrationsDir });
    expect(() => database.prepare('SELECT name FROM people')).toThrow(/no such column/);
    database.close();
  });

  it('refuses what a newer Foyer wrote, and changes nothing in it', () => {
    migrations(TABLES, 'ALTER TABLE people ADD name text;');
    openDatabase({ file, migrationsDir }).close();
    const before = fs.readFileSync(file);
    migrations(TABLES);
    expect(() => openDatabase({ file, migrationsDir })).toThrow(DatabaseFromFutureError);
    expect(fs.readFileSync(file)).toEqual(before);
  });

  it('refuses a file that is no database, and changes nothing in it', () => {
    migrations(TABLES);
    fs.writeFileSync(
      file,
      'these are not the bytes of a database, but somebody may still need them'.repeat(20),
    );
    const before = fs.readFileSync(file);
    expect(() => openDatabase({ file, migrationsDir })).toThrow(DatabaseKeyError);
    expect(fs.readFileSync(file)).toEqual(before);
  });
});
