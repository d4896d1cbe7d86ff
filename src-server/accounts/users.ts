/** The people of this installation, as rows. */
import { randomBytes } from 'node:crypto';
import { and, asc, count, eq, ne, sql } from 'drizzle-orm';
import type { User } from '../../src-shared/api/index.ts';
import { users } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';

export type UserRow = typeof users.$inferSelect;

/** What can be changed of a person. */
export type UserRowChanges = Partial<
  Omit<NewUser, 'id' | 'email'> &
    Pick<UserRow, 'status' | 'protection' | 'historyFolder' | 'lockAfterMinutes'>
>;

export type NewUser = Pick<UserRow, 'id' | 'email' | 'passwordHash' | 'role' | 'passwordIsTemporary'>;

/** Ids are random and never given twice, so that nothing of a deleted person opens for a new one. */
export function newUserId(): string {
  return `usr_${randomBytes(15).toString('hex')}`;
}

/** Addresses are stored and compared in lower case, wherever they come from. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase().normalize('NFC');
}

export function openUsers(database: AccountsDatabase, now: () => Date) {
  const byEmail = database
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .prepare();
  const byId = database
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .prepare();
  /** Asked for with everything that is read or written of a history, and hardly ever changed. */
  const historyFolders = new Map<string, string | null>();

  return {
    isEmpty: (): boolean => (database.select({ n: count() }).from(users).get()?.n ?? 0) === 0,
    findByEmail: (email: string): UserRow | null => byEmail.get({ email: normaliseEmail(email) }) ?? null,
    findById: (id: string): UserRow | null => byId.get({ id }) ?? null,
    /** Folder of a person's present history below their own; null: the first one. */
    historyFolder(id: string): string | null {
      const known = historyFolders.get(id);
      if (known !== undefined) return known;
      const row = byId.get({ id });
      if (row === undefined) return null;
      // What is read within a transaction may be taken back.
      if (!database.$client.inTransaction) historyFolders.set(id, row.historyFolder);
      return row.historyFolder;
    },
    list: (): UserRow[] => database.select().from(users).orderBy(asc(users.createdAt), sql`rowid`).all(),
    /** Whether nobody else could look after people: those who are deactivated cannot. */
    isLastAdministrator: (id: string): boolean =>
      database
        .select({ n: count() })
        .from(users)
        .where(and(eq(users.role, 'administrator'), eq(users.status, 'active'), ne(users.id, id)))
        .get()?.n === 0,
    insert(row: NewUser): UserRow {
      const at = now().toISOString();
      return database
        .insert(users)
        .values({ ...row, email: normaliseEmail(row.email), createdAt: at, updatedAt: at })
        .returning()
        .get();
    },
    update(id: string, changes: UserRowChanges): UserRow {
      historyFolders.delete(id);
      return database
        .update(users)
        .set({ ...changes, updatedAt: now().toISOString() })
        .where(eq(users.id, id))
        .returning()
        .get();
    },
    remove(id: string): void {
      historyFolders.delete(id);
      database.delete(users).where(eq(users.id, id)).run();
    },
  };
}

export type Users = ReturnType<typeof openUsers>;

/** A person as the interface shows them. */
export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    is_admin: row.role === 'administrator',
    role: row.role,
    status: row.status,
    protection: row.protection,
    password_is_temporary: row.passwordIsTemporary,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
