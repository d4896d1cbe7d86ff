/** The part of `DATA/foyer.db` that says which models there are, who may use them, and what was used. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A model server that an administrator has set up. Its key is in the keychain, under the id. */
export const connections = sqliteTable('connections', {
  id: text().primaryKey(),
  name: text().notNull(),
  baseUrl: text('base_url').notNull(),
  mode: text({ enum: ['responses', 'chat'] }).notNull(),
  enabled: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  testedAt: integer('tested_at'),
  /** How the last test went, a `ConnectionTestOutcome`. */
  testOutcome: text('test_outcome'),
});

/** That a person has entered a key of their own for a connection; the key is in the keychain. */
export const personalKeys = sqliteTable(
  'personal_keys',
  {
    userId: text('user_id').notNull(),
    connectionId: text('connection_id').notNull(),
    /** The only origin that the key is sent to. */
    origin: text().notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.connectionId] })],
);

/** What people can choose. Prices are millionths of the currency for a million tokens, null where nobody said. */
export const offeredModels = sqliteTable(
  'offered_models',
  {
    /** What clients send; unique over all connections, so that it alone leads to the connection. */
    id: text().primaryKey(),
    connectionId: text('connection_id').notNull(),
    /** What the model server calls it. */
    model: text().notNull(),
    label: text().notNull(),
    inputPrice: integer('input_price'),
    cachedPrice: integer('cached_price'),
    outputPrice: integer('output_price'),
    /** Tokens that one answer can have; null where nobody said. */
    maxOutputTokens: integer('max_output_tokens'),
    position: integer().notNull(),
  },
  (table) => [index('offered_models_by_connection').on(table.connectionId, table.position)],
);

/** What a role or a person may do; the JSON is a `Policy`. */
export const policies = sqliteTable(
  'policies',
  {
    kind: text({ enum: ['role', 'person'] }).notNull(),
    subject: text().notNull(),
    rules: text().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject] })],
);

/** The ledger: one row for each request to a model server, written before the request is sent. */
export const modelCalls = sqliteTable(
  'model_calls',
  {
    id: text().primaryKey(),
    /** Not a reference: what was used stays on the bill when the person is gone. */
    userId: text('user_id').notNull(),
    connectionId: text('connection_id').notNull(),
    modelId: text('model_id').notNull(),
    /** Whose key it was sent with. What a person's own key costs is theirs: the amount is 0. */
    keyOwner: text('key_owner', { enum: ['installation', 'person'] })
      .notNull()
      .default('installation'),
    /** Day in UTC, `YYYY-MM-DD`, on which it is charged. */
    day: text().notNull(),
    /** `open`: under way. The others say how the amount was found; see `CallEnd`. */
    state: text({ enum: ['open', 'reported', 'estimated', 'worst-case', 'free'] }).notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    inputTokens: integer('input_tokens').notNull(),
    cachedTokens: integer('cached_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** Millionths of the currency: the worst case while open, then what it cost. */
    amount: integer().notNull(),
    inputPrice: integer('input_price').notNull(),
    cachedPrice: integer('cached_price').notNull(),
    outputPrice: integer('output_price').notNull(),
  },
  (table) => [index('model_calls_by_state').on(table.state), index('model_calls_by_day').on(table.day)],
);

/** The sums of the ledger, kept in step with it in the same transactions. */
export const usageDays = sqliteTable(
  'usage_days',
  {
    userId: text('user_id').notNull(),
    day: text().notNull(),
    connectionId: text('connection_id').notNull(),
    modelId: text('model_id').notNull(),
    calls: integer().notNull(),
    inputTokens: integer('input_tokens').notNull(),
    cachedTokens: integer('cached_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    amount: integer().notNull(),
    /** How many of the calls were sent with the person's own key, and the tokens of those, in and out. */
    ownKeyCalls: integer('own_key_calls').notNull().default(0),
    ownKeyTokens: integer('own_key_tokens').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.day, table.connectionId, table.modelId] }),
    index('usage_days_by_day').on(table.day),
  ],
);
