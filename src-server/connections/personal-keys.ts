/**
 * Keys that people have of their own: the key in the keychain, and in the database that there is one and for which
 * origin. The row is written first and removed last, so no key is left in a keychain that nobody knows of.
 */
import { and, eq } from 'drizzle-orm';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import { type AccountsDatabase, atomicallyIn } from '../accounts/database.ts';
import { personalKeys, users } from '../database/accounts/schema.ts';
import type { Keychain } from '../keychain/index.ts';
import { originOf } from '../outgoing/origin.ts';
import { connectionKeys } from './keys.ts';

/** Whose key it is, and for which connection at which address. */
export interface PersonalTarget {
  readonly userId: string;
  readonly connectionId: string;
  readonly baseUrl: string;
}

export type PersonalKeyRow = typeof personalKeys.$inferSelect;

/** Told of each change, so that it can be written down: of a key when the keychain has it, of a removal with its row. */
export type NotePersonal = (change: 'set' | 'removed', connectionId: string) => void;

export interface PersonalKeyStore {
  of(userId: string): readonly PersonalKeyRow[];
  /** The key; null when there is none for this origin, or the keychain does not give it out. */
  find(target: PersonalTarget): Promise<string | null>;
  noteUse(userId: string, connectionId: string): void;
  /**
   * @param stillThere asked right before the key is kept: the connection may have gone or moved meanwhile
   * @throws {KeychainError} the key from before is kept
   */
  set(
    target: PersonalTarget,
    key: string,
    stillThere: () => Promise<boolean>,
    note: NotePersonal,
  ): Promise<Result<null, 'not-found'>>;
  /** False when there was none. @throws {KeychainError} it is still there */
  remove(userId: string, connectionId: string, note: NotePersonal): Promise<boolean>;
  /**
   * Drops those of one connection, or of all, that may not be used any more: their person is gone, their connection is
   * gone, or it is at another origin.
   *
   * @param origins of the connections that there are; asked only when there are keys to look at
   * @throws {KeychainError} some may still be there; none of them is used
   */
  dropLost(origins: () => Promise<ReadonlyMap<string, string>>, connectionId?: string): Promise<void>;
  /** @throws {KeychainError} */
  dropPerson(userId: string): Promise<void>;
}

/** Uses are written down so often at most: each costs a write to the disk. */
const USE_INTERVAL_MS = 60_000;

/** @param prefix of the entries in the keychain, unique to this installation */
export function personalKeyStore(
  database: AccountsDatabase,
  keychain: Keychain,
  prefix: string,
  now: () => number,
): PersonalKeyStore {
  const keys = connectionKeys(keychain, prefix);
  const atomically = atomicallyIn(database);
  const inOrder = oneAfterAnother();
  const idOf = (userId: string, connectionId: string) => `${userId}:${connectionId}`;
  const whereIs = (userId: string, connectionId: string) =>
    and(eq(personalKeys.userId, userId), eq(personalKeys.connectionId, connectionId));
  const rowOf = (userId: string, connectionId: string) =>
    database.select().from(personalKeys).where(whereIs(userId, connectionId)).get();
  const isThere = (userId: string) =>
    database.select({ id: users.id }).from(users).where(eq(users.id, userId)).get() !== undefined;
  const removeRow = (userId: string, connectionId: string) =>
    database.delete(personalKeys).where(whereIs(userId, connectionId)).run();
  const putRow = (row: PersonalKeyRow) =>
    database
      .insert(personalKeys)
      .values(row)
      .onConflictDoUpdate({ target: [personalKeys.userId, personalKeys.connectionId], set: row })
      .run();

  const drop = async ({ userId, connectionId, origin }: PersonalKeyRow) => {
    await keys.set(idOf(userId, connectionId), null, origin);
    removeRow(userId, connectionId);
  };

  return {
    of: (userId) => database.select().from(personalKeys).where(eq(personalKeys.userId, userId)).all(),

    async find({ userId, connectionId, baseUrl }) {
      const row = rowOf(userId, connectionId);
      if (row?.origin !== originOf(baseUrl)) return null;
      return keys.find(idOf(userId, connectionId), baseUrl);
    },

    noteUse(userId, connectionId) {
      const row = rowOf(userId, connectionId);
      const time = now();
      if (row === undefined || Math.abs(time - (row.lastUsedAt ?? 0)) < USE_INTERVAL_MS) return;
      database.update(personalKeys).set({ lastUsedAt: time }).where(whereIs(userId, connectionId)).run();
    },

    set: ({ userId, connectionId, baseUrl }, key, stillThere, note) =>
      inOrder(async () => {
        if (!(await stillThere()) || !isThere(userId)) return refusal('not-found');
        const before = rowOf(userId, connectionId);
        const origin = originOf(baseUrl);
        putRow({ userId, connectionId, origin, createdAt: now(), lastUsedAt: null });
        try {
          await keys.set(idOf(userId, connectionId), key, baseUrl);
        } catch (error) {
          if (before === undefined) removeRow(userId, connectionId);
          else putRow(before);
          throw error;
        }
        note('set', connectionId);
        return success(null);
      }),

    remove: (userId, connectionId, note) =>
      inOrder(async () => {
        const row = rowOf(userId, connectionId);
        if (row === undefined) return false;
        await keys.set(idOf(userId, connectionId), null, row.origin);
        atomically(() => {
          removeRow(userId, connectionId);
          note('removed', connectionId);
        });
        return true;
      }),

    dropLost: (origins, connectionId) =>
      inOrder(async () => {
        const all = database.select().from(personalKeys);
        const rows =
          connectionId === undefined
            ? all.all()
            : all.where(eq(personalKeys.connectionId, connectionId)).all();
        if (rows.length === 0) return;
        const known = await origins();
        for (const row of rows) {
          if (!isThere(row.userId) || known.get(row.connectionId) !== row.origin) await drop(row);
        }
      }),

    dropPerson: (userId) =>
      inOrder(async () => {
        for (const row of database.select().from(personalKeys).where(eq(personalKeys.userId, userId)).all()) {
          await drop(row);
        }
      }),
  };
}

/** Keychain and database are changed by one at a time, so that a key that is dropped cannot come back in between. */
function oneAfterAnother() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
