/** `DATA/foyer.db`: people, sessions, wrapped keys, audit. No chat content. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text({ enum: ['administrator', 'user', 'guest'] }).notNull(),
  /** `deactivated`: keeps everything and can do nothing. */
  status: text({ enum: ['active', 'deactivated'] })
    .notNull()
    .default('active'),
  /** The password was given by somebody else, and nothing but a new one is taken from its owner. */
  passwordIsTemporary: integer('password_is_temporary', { mode: 'boolean' }).notNull().default(false),
  /** `managed`: the install key opens the history too. `sealed`: only what its owner knows does. */
  protection: text({ enum: ['managed', 'sealed'] })
    .notNull()
    .default('managed'),
  /** After how many minutes without use the person wants their sessions locked; null: as late as is allowed. */
  lockAfterMinutes: integer('lock_after_minutes'),
  /** Folder of the present history below the person's own; null: the first one. See `kept_histories`. */
  historyFolder: text('history_folder'),
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
    /** Since when the session waits for its owner's PIN or password; null while it is open. */
    lockedAt: integer('locked_at'),
    /** When the person last did something at a window of this session. */
    activeAt: integer('active_at').notNull().default(0),
    /** What people recognise the place by, such as `Firefox on Linux`; made by the server, never a raw header. */
    place: text(),
    /** SHA-256 of the cookie that tells this browser or window again; null for programs. */
    deviceHash: blob('device_hash', { mode: 'buffer' }),
  },
  (table) => [
    index('sessions_by_user').on(table.userId),
    index('sessions_by_expiry').on(table.expiresAt),
    index('sessions_by_use').on(table.lastUsedAt, table.id),
  ],
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
    kind: text({ enum: ['password', 'install', 'recovery', 'pin'] }).notNull(),
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

/** Histories that a sealed person could not open and left aside to start anew. The files stay where they are. */
export const keptHistories = sqliteTable(
  'kept_histories',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As `users.history_folder`. */
    folder: text(),
    keptAt: integer('kept_at').notNull(),
    /** The history's data key, wrapped by the recovery code of then, as in `key_wraps`. */
    salt: blob({ mode: 'buffer' }).notNull(),
    nonce: blob({ mode: 'buffer' }).notNull(),
    ciphertext: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [index('kept_histories_by_user').on(table.userId)],
);

/** The secret of a person's authenticator app. Sealed with their data key. Times are Unix milliseconds. */
export const secondFactors = sqliteTable('second_factors', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  nonce: blob({ mode: 'buffer' }).notNull(),
  ciphertext: blob({ mode: 'buffer' }).notNull(),
  /** When a first code proved that the app has the secret; null until then, and nothing is asked for. */
  confirmedAt: integer('confirmed_at'),
  /** The time step of the last code that was taken: no code counts twice. */
  lastStep: integer('last_step').notNull().default(0),
});

/** Codes that each stand in once for the authenticator app. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the code without spaces and in one case; the code itself has 80 random bits or more. */
    hash: blob({ mode: 'buffer' }).notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

/** People who have a PIN on this machine; what the PIN opens stands in `key_wraps`. */
export const pins = sqliteTable('pins', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  createdAt: integer('created_at').notNull(),
  /** Wrong PINs since the last right one. */
  failures: integer().notNull().default(0),
});

/** Who has signed in from which browser or window, for switching between people there. */
export const devicePeople = sqliteTable(
  'device_people',
  {
    /** SHA-256 of the device's cookie. */
    deviceHash: blob('device_hash', { mode: 'buffer' }).notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceHash, table.userId] })],
);

/** Facts about this installation: its id, the fingerprint of its install key, the newest row of the audit. */
export const installation = sqliteTable('installation', {
  name: text().primaryKey(),
  value: text().notNull(),
});

/** Who did what to whom, and when; never what anybody wrote. */
export const audit = sqliteTable(
  'audit',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    at: text().notNull(),
    actorId: text('actor_id'),
    action: text().notNull(),
    subjectId: text('subject_id'),
    /** HMAC-SHA-256 over the row and the hash before it. Null in rows that wait for the key of the chain. */
    hash: blob({ mode: 'buffer' }),
  },
  (table) => [
    index('audit_by_actor').on(table.actorId, table.sequence),
    index('audit_by_subject').on(table.subjectId, table.sequence),
    index('audit_by_action').on(table.action, table.sequence),
    index('audit_by_actor_and_action').on(table.actorId, table.action, table.sequence),
    index('audit_by_subject_and_action').on(table.subjectId, table.action, table.sequence),
  ],
);

export * from './governance.ts';
