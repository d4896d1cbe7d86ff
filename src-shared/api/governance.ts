/** REST shapes for connections, policies, budgets and usage. Money is in millionths of the currency, whole numbers. */
import { z } from 'zod';
import { sealingPolicySchema } from './sealing.ts';
import { connectionModeSchema, keyLocationSchema } from './settings.ts';

/** The connection that comes from the environment and the page "Model". */
export const BUILT_IN_CONNECTION = 'default';

/** Largest price of a million tokens, and largest budget: a million of the currency. */
const MAX_MONEY = 1_000_000_000_000;
const money = z.number().int().min(0).max(MAX_MONEY);
const tokens = z.number().int().min(0).max(1_000_000_000_000);

/** A model that people can choose. Prices are for a million tokens; null: nobody has said. */
export const offeredModelSchema = z.object({
  /** What clients send to choose it; unique over all connections. */
  id: z.string().trim().min(1).max(200),
  /** What the model server calls it. */
  model: z.string().trim().min(1).max(200),
  label: z.string().trim().max(100),
  input_price: money.nullable(),
  cached_price: money.nullable(),
  output_price: money.nullable(),
  max_output_tokens: z.number().int().min(16).max(10_000_000).nullable(),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;

/** How a test of a connection ended. */
export const connectionTestOutcomeSchema = z.enum([
  'ok',
  'key-refused',
  'forbidden',
  'unreachable',
  'timeout',
  'redirected',
  'not-a-model-server',
  'server-error',
]);
export type ConnectionTestOutcome = z.infer<typeof connectionTestOutcomeSchema>;

export const connectionSchema = z.object({
  id: z.string(),
  name: z.string(),
  base_url: z.string(),
  mode: connectionModeSchema,
  enabled: z.boolean(),
  /** From the environment and the page "Model"; only its models can be changed here. */
  built_in: z.boolean(),
  key: keyLocationSchema,
  last_used_at: z.string().nullable(),
  tested_at: z.string().nullable(),
  test_outcome: connectionTestOutcomeSchema.nullable(),
  models: z.array(offeredModelSchema),
});
export type ConnectionInfo = z.infer<typeof connectionSchema>;
export const connectionListSchema = z.object({ connections: z.array(connectionSchema) });

const name = z.string().trim().min(1).max(100);
const baseUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = new URL(text);
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}, 'must be an address without a name, a password or parameters');
export const apiKeySchema = z.string().trim().min(1).max(2_000);

export const createConnectionRequestSchema = z.object({
  name,
  base_url: baseUrl,
  mode: connectionModeSchema,
  api_key: apiKeySchema.optional(),
});

/** A base URL with another origin drops the key. */
export const updateConnectionRequestSchema = z.object({
  name: name.optional(),
  base_url: baseUrl.optional(),
  mode: connectionModeSchema.optional(),
  enabled: z.boolean().optional(),
});

/** A new key is tested before it replaces the old one, unless `untested`; null forgets the key. */
export const setKeyRequestSchema = z.object({
  api_key: apiKeySchema.nullable(),
  untested: z.boolean().optional(),
});

/** `found`: names that the server listed. */
export const connectionTestSchema = z.object({
  outcome: connectionTestOutcomeSchema,
  status: z.number().nullable(),
  milliseconds: z.number(),
  found: z.array(z.string()),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

export const offeredModelsRequestSchema = z.object({ models: z.array(offeredModelSchema).max(200) });

/**
 * What a role or a person may do. Absent: as the role says, and for a role without limit. Null: without limit.
 */
export const policySchema = z.strictObject({
  /** Ids of offered models. */
  models: z.array(z.string().max(200)).max(500).nullable().optional(),
  /** Names of tools. */
  tools: z.array(z.string().max(200)).max(500).nullable().optional(),
  attachments: z.boolean().optional(),
  attachment_max_bytes: z.number().int().min(1).max(104_857_600).nullable().optional(),
  requests_per_minute: z.number().int().min(1).max(10_000).nullable().optional(),
  tokens_per_day: tokens.nullable().optional(),
  money_per_month: money.nullable().optional(),
  /** Keys of their own for connections. Absent for a role: not allowed; never for guests. */
  personal_keys: z.boolean().optional(),
  /** Whether accounts may be sealed, or have to be; absent: they may. */
  sealing: sealingPolicySchema.optional(),
});
export type Policy = z.infer<typeof policySchema>;

export const policyRoleSchema = z.enum(['administrator', 'user', 'guest']);
export type PolicyRole = z.infer<typeof policyRoleSchema>;

/** Answer of `GET /api/admin/policies`. People without rules of their own are left out. */
export const policyListSchema = z.object({
  roles: z.partialRecord(policyRoleSchema, policySchema),
  people: z.record(z.string(), policySchema),
  /** Addresses of those people, by id. */
  emails: z.record(z.string(), z.string()),
});
export type PolicyList = z.infer<typeof policyListSchema>;

const allowance = z.object({ limit: z.number(), used: z.number(), left: z.number(), renews_at: z.string() });

/** Answer of `GET /api/me/budget`; null: without limit. */
export const budgetSchema = z.object({
  tokens_today: allowance.nullable(),
  money_this_month: allowance.nullable(),
  requests_per_minute: z.number().nullable(),
});
export type Budget = z.infer<typeof budgetSchema>;

export const usageGroupSchema = z.enum(['day', 'person', 'model']);
export type UsageGroup = z.infer<typeof usageGroupSchema>;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Days are in UTC and both included. */
export const usageQuerySchema = z.object({ from: day, to: day, by: usageGroupSchema.default('day') });

/** One line of `GET /api/admin/usage`; `key` is a day, the id of a person, or the id of a model. */
export const usageRowSchema = z.object({
  key: z.string(),
  /** The mail address of a person who is still there, else absent. */
  label: z.string().optional(),
  calls: z.number(),
  input_tokens: z.number(),
  cached_tokens: z.number(),
  output_tokens: z.number(),
  amount: z.number(),
  /** Of the calls, those with people's own keys, which cost the installation nothing; and the tokens of those. */
  own_key_calls: z.number(),
  own_key_tokens: z.number(),
});
export type UsageRow = z.infer<typeof usageRowSchema>;

/** `total` is over everything; `rows` are the largest, or all days. */
export const usageSchema = z.object({
  rows: z.array(usageRowSchema),
  total: usageRowSchema.omit({ key: true, label: true }),
  /** How many rows were left off because they are small. */
  left_off: z.number(),
});
export type UsageReport = z.infer<typeof usageSchema>;
