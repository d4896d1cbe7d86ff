/** `DATA/foyer.db`: people, sessions, wrapped keys, audit. No chat content. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text({ enum: ['administrator', 'user'] }).notNull(),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
});

/** One signed-in place of one person. Cookie and access token both name it. Times are Unix milliseconds. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the cookie's secret. */
    secretHash: blob('secret_hash', { mode: 'buffer' }).notNull().unique(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('sessions_by_user').on(table.userId), index('sessions_by_expiry').on(table.expiresAt)],
);

/** Failed sign-ins of late, by account and by the caller's network address. Times are Unix milliseconds. */
export const signInFailures = sqliteTable(
  'sign_in_failures',
  {
    /** SHA-256 of what is counted: a mail address, whether anybody has it or not, or a network address. */
    key: blob({ mode: 'buffer' }).primaryKey(),
    kind: text({ enum: ['account', 'address'] }).notNull(),
    failures: integer().notNull(),
    lastFailedAt: integer('last_failed_at').notNull(),
    /** No attempt is taken before this time. */
    lockedUntil: integer('locked_until').notNull(),
  },
  (table) => [index('sign_in_failures_by_time').on(table.lastFailedAt)],
);

/** A person's data key, wrapped by a key made from the password or by the install key. */
export const keyWraps = sqliteTable(
  'key_wraps',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['password', 'install'] }).notNull(),
    /** Salt of the password's key; absent for the install key. */
    salt: blob({ mode: 'buffer' }),
    /** Argon2id parameters of the password's key, as `m=…,t=…,p=…`; absent for the install key. */
    params: text(),
    nonce: blob({ mode: 'buffer' }).notNull(),
    /** AES-256-GCM: ciphertext, then the tag of 16 bytes. */
    ciphertext: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
);

/** Facts about this installation: its id, the fingerprint of its install key. */
export const installation = sqliteTable('installation', {
  name: text().primaryKey(),
  value: text().notNull(),
});

/** Who did what to whom, and when; never what anybody wrote. */
export const audit = sqliteTable('audit', {
  sequence: integer().primaryKey({ autoIncrement: true }),
  at: text().notNull(),
  actorId: text('actor_id'),
  action: text().notNull(),
  subjectId: text('subject_id'),
});

export * from './governance.ts';
