/** REST shapes for the audit: who did what to whom, and whether the record of it is as it was written. */
import { z } from 'zod';
import { jobStateSchema } from './administration.ts';
import { auditReportSchema } from './audit-report.ts';

/** What actions belong together for people who look for something. */
export const auditGroupSchema = z.enum([
  'people',
  'sessions',
  'security',
  'models',
  'limits',
  'log',
  'other',
]);
export type AuditGroup = z.infer<typeof auditGroupSchema>;

const GROUPS: Readonly<Record<string, AuditGroup>> = {
  user: 'people',
  session: 'sessions',
  account: 'security',
  recovery_code: 'security',
  second_factor: 'security',
  history: 'security',
  pin: 'security',
  device: 'security',
  connection: 'models',
  settings: 'models',
  personal_key: 'models',
  policy: 'limits',
  audit: 'log',
};

/** The group of an action such as `user.created`; also of one that is not known here. */
export function auditGroupOf(action: string): AuditGroup {
  const area = action.split('.')[0] ?? '';
  return Object.hasOwn(GROUPS, area) ? (GROUPS[area] ?? 'other') : 'other';
}

/** Rows of one page at most. */
export const MAX_AUDIT_PAGE = 200;

const time = z.iso.datetime({ offset: true });
const filter = z.object({
  /** Id of a person who did it, or to whom it was done. */
  person: z.string().max(100).optional(),
  /** Separated by commas. */
  groups: z
    .string()
    .max(100)
    .transform((text) => text.split(','))
    .pipe(z.array(auditGroupSchema))
    .optional(),
  /** Included. */
  from: time.optional(),
  /** Not included. */
  to: time.optional(),
});

/** Query of `GET /api/admin/audit`; the same without `before` and `limit` for `audit.csv`. */
export const auditFilterSchema = filter;
export const auditQuerySchema = filter.extend({
  /** `next` of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_AUDIT_PAGE).default(50),
});

/** Somebody or something in a row; `label` is what it is called now, null when it is gone or has no name. */
export const auditPartySchema = z.object({
  id: z.string(),
  kind: z.enum(['person', 'connection', 'role', 'other']),
  label: z.string().nullable(),
});
export type AuditParty = z.infer<typeof auditPartySchema>;

export const auditRowSchema = z.object({
  sequence: z.number(),
  at: z.string(),
  /** Such as `user.created`; newer Foyers know more. */
  action: z.string(),
  /** Null: Foyer itself, or nobody who was signed in. */
  actor: auditPartySchema.nullable(),
  subject: auditPartySchema.nullable(),
  /** False: written while the keychain gave no key, and not protected yet. */
  chained: z.boolean(),
});
export type AuditRowInfo = z.infer<typeof auditRowSchema>;

/** Newest first. `next` goes into `before`; null when there is no more. */
export const auditPageSchema = z.object({ rows: z.array(auditRowSchema), next: z.number().nullable() });
export type AuditPage = z.infer<typeof auditPageSchema>;

/** Answer of `GET /api/admin/audit/verification`. */
export const auditVerificationSchema = jobStateSchema(auditReportSchema);
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
