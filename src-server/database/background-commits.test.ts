import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backgroundCommits, NotFlushedError } from './background-commits.ts';
import { connect } from './connect.ts';

let folder: string;
let database: Database.Database;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-commits-'));
  database = connect(path.join(folder, 'a.db'), Buffer.alloc(32, 7));
  database.exec('CREATE TABLE words (word TEXT PRIMARY KEY)');
});
afterEach(() => {
  database.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const add = (word: string) => () => database.prepare('INSERT INTO words VALUES (?)').run(word).changes;
const words = () => database.prepare('SELECT word FROM words ORDER BY word').pluck().all();
const synchronous = () => database.pragma('synchronous', { simple: true });
const FULL = 2;

/** A disk that answers when it is told to. */
function slowDisk() {
  const flushes: { descriptor: number; done: () => void; failed: (error: Error) => void }[] = [];
  const flush = (descriptor: number) =>
    new Promise<void>((done, failed) => void flushes.push({ descriptor, done, failed }));
  return { flushes, flush };
}

describe('background commits', () => {
  it('are seen at once, and done when the log is on disk', async () => {
    const { flushes, flush } = slowDisk();
    const commits = backgroundCommits(database, flush);
    let done = false;
    const committed = commits.commit(add('a')).then((changes) => {
      done = true;
      return changes;
    });
    expect(words()).toEqual(['a']);
    await new Promise(setImmediate);
    expect(done).toBe(false);
    const log = fs.statSync(`${database.name}-wal`);
    expect(fs.fstatSync(flushes[0]!.descriptor).ino).toBe(log.ino);
    flushes[0]!.done();
    expect(await committed).toBe(1);
    await commits.close();
  });

  it('flush with the real disk, and leave every other transaction to wait for it itself', async () => {
    const commits = backgroundCommits(database);
    expect(synchronous()).toBe(FULL);
    await commits.commit(add('a'));
    expect(synchronous()).toBe(FULL);
    await expect(commits.commit(add('a'))).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
    expect(synchronous()).toBe(FULL);
    expect(words()).toEqual(['a']);
    await commits.close();
  });

  it('change nothing when their work fails', async () => {
    const commits = backgroundCommits(database);
    const broken = () => {
      add('a')();
      throw new RangeError('broken');
    };
    await expect(commits.commit(broken)).rejects.toThrow(RangeError);
    expect(words()).toEqual([]);
    await commits.close();
  });

  it('tell a disk that fails, and go on with the next', async () => {
    const { flushes, flush } = slowDisk();
    const commits = backgroundCommits(database, flush);
    const first = commits.commit(add('a'));
    const second = commits.commit(add('b'));
    flushes[0]!.failed(Object.assign(new Error('EIO'), { code: 'EIO' }));
    flushes[1]!.done();
    await expect(first).rejects.toThrow(NotFlushedError);
    await second;
    await commits.close();
  });

  it('are waited for at the end, and hold no file then', async () => {
    const { flushes, flush } = slowDisk();
    const commits = backgroundCommits(database, flush);
    const committed = commits.commit(add('a'));
    let closed = false;
    const closing = commits.close().then(() => {
      closed = true;
    });
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    flushes[0]!.done();
    await Promise.all([committed, closing]);
    expect(() => fs.fstatSync(flushes[0]!.descriptor)).toThrow('EBADF');
  });

  it('find their log after SQLite began it anew', async () => {
    const commits = backgroundCommits(database);
    await commits.commit(add('a'));
    database.pragma('wal_checkpoint(TRUNCATE)');
    await commits.commit(add('b'));
    const copy = path.join(folder, 'copy.db');
    for (const end of ['', '-wal']) fs.copyFileSync(`${database.name}${end}`, `${copy}${end}`);
    const other = connect(copy, Buffer.alloc(32, 7));
    expect(other.prepare('SELECT count(*) FROM words').pluck().get()).toBe(2);
    other.close();
    await commits.close();
  });
});
