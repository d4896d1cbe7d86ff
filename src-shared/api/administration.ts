/** REST shapes for looking after an installation: who is signed in, what takes space, what it is made of. */
import { z } from 'zod';
import { keychainStateSchema } from './settings.ts';

/** How a long job stands. Times are ISO 8601. @param result what it finds out */
export function jobStateSchema<Result extends z.ZodType>(result: Result) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('idle') }),
    z.object({ state: z.literal('running'), done: z.number(), total: z.number() }),
    z.object({ state: z.literal('done'), at: z.string(), result }),
    z.object({ state: z.enum(['failed', 'cancelled']), at: z.string() }),
  ]);
}

/** One signed-in place of one person, as administrators see it. Times are ISO 8601. */
export const adminSessionSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  email: z.string(),
  /** What the place is recognised by, such as `Firefox on Linux`; null for programs and old sessions. */
  place: z.string().nullable(),
  created_at: z.string(),
  last_used_at: z.string(),
  /** Waits for its owner's PIN or password. */
  locked: z.boolean(),
  /** The session that asks. */
  current: z.boolean(),
});
export type AdminSession = z.infer<typeof adminSessionSchema>;

/** Query of `GET /api/admin/sessions`. */
export const adminSessionsQuerySchema = z.object({
  person: z.string().max(100).optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,15}\.ses_[0-9a-f]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The one used last comes first. `next` goes into `after`; null when there is no more. */
export const adminSessionPageSchema = z.object({
  sessions: z.array(adminSessionSchema),
  next: z.string().nullable(),
  /** All sessions that are alive, of everybody. */
  total: z.number(),
  /** How many people they belong to. */
  people: z.number(),
});
export type AdminSessionPage = z.infer<typeof adminSessionPageSchema>;

/** Bytes on the disk, and how many files they are in. */
const sizeSchema = z.object({ bytes: z.number(), files: z.number() });

/** What takes space, found out from sizes and names alone: nothing is opened. */
export const storageReportSchema = z.object({
  /** `foyer.db`, with its log. */
  database: sizeSchema,
  /** Databases of conversations, of everybody. */
  histories: sizeSchema,
  /** Attached files, of everybody. */
  attachments: sizeSchema,
  /** What else is in the data folder. */
  other: sizeSchema,
  /** Folders of people who have no account any more. */
  orphans: sizeSchema.extend({ folders: z.number() }),
  /** Uploads that broke off more than an hour ago. */
  leftovers: sizeSchema,
  /** Of the file system that the data folder is on; null where the system does not say. */
  free_bytes: z.number().nullable(),
  /** The largest first. */
  people: z.array(z.object({ id: z.string(), history: sizeSchema, attachments: sizeSchema })),
});
export type StorageReport = z.infer<typeof storageReportSchema>;

/** What checking `foyer.db` found; empty when it is sound. */
export const integrityReportSchema = z.object({ problems: z.array(z.string()), tables: z.number() });
export type IntegrityReport = z.infer<typeof integrityReportSchema>;

/** Answer of `GET /api/admin/storage`. */
export const storageStateSchema = z.object({
  measurement: jobStateSchema(storageReportSchema),
  integrity: jobStateSchema(integrityReportSchema),
  /** Addresses of the people in the measurement who still have an account. */
  emails: z.record(z.string(), z.string()),
  data_dir: z.string(),
});
export type StorageState = z.infer<typeof storageStateSchema>;

/** Answer of `GET /api/admin/about`. */
export const aboutSchema = z.object({
  version: z.string(),
  data_dir: z.string(),
  keychain: keychainStateSchema,
  /** Names and versions of what Foyer runs on, such as `Node.js`. */
  runtime: z.array(z.object({ name: z.string(), version: z.string() })),
});
export type About = z.infer<typeof aboutSchema>;
