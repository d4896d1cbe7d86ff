/** REST shapes for what checking the chain of the audit finds. */
import { z } from 'zod';

const time = z.string().nullable();

/**
 * One thing that is not as Foyer wrote it. `after` is the time of the last sound row before it: what happened there
 * happened since then, or to a row that was written since then.
 */
export const auditFindingSchema = z.discriminatedUnion('kind', [
  /** The row does not say what it said. */
  z.object({ kind: z.literal('altered'), sequence: z.number(), at: z.string(), after: time }),
  /** The row was not written by Foyer. */
  z.object({ kind: z.literal('inserted'), sequence: z.number(), at: z.string(), after: time }),
  /** The row stands where another one stood. */
  z.object({ kind: z.literal('moved'), sequence: z.number(), at: z.string(), after: time }),
  /** Rows are gone. `before` is the time of the row that follows; null when they were the newest. */
  z.object({ kind: z.literal('missing'), from: z.number(), to: z.number(), after: time, before: time }),
  /** The record of the newest row is gone or damaged: rows may be missing after this time. */
  z.object({ kind: z.literal('newest_unknown'), after: time }),
  /** A row in which Foyer itself noted that the newest rows before it were not those that had been there. */
  z.object({ kind: z.literal('noted_lost'), sequence: z.number(), at: z.string(), after: time }),
  /** The keychain remembers another row under this number: the database is, or was, an older copy. */
  z.object({ kind: z.literal('rolled_back'), sequence: z.number(), at: time, after: time }),
]);
export type AuditFinding = z.infer<typeof auditFindingSchema>;

export const auditReportSchema = z.object({
  /** `unchecked`: without the key of the chain only missing numbers can be found. */
  outcome: z.enum(['intact', 'broken', 'unchecked']),
  rows: z.number(),
  /** Rows that were chained only after they had been written. */
  adopted: z.number(),
  /** Rows that are not chained yet: written while the keychain gave no key. */
  unchained: z.number(),
  /** The first of them, in order. */
  findings: z.array(auditFindingSchema),
  /** How many there are in all. */
  found: z.number(),
  newest: z.object({ sequence: z.number(), at: z.string() }).nullable(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;
