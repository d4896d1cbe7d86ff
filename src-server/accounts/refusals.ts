/** Keeps the record of refused sign-ins short, whoever knocks and however often. */
import type { AuditEntry, WriteAudit } from './audit.ts';

/** How many refusals per account and hour are written down; those of unknown addresses count as one account. */
export const REFUSALS_PER_WINDOW = 20;
const WINDOW_MS = 3_600_000;

/** Writes down that nobody was signed in. `subjectId` is null for an address that nobody has. */
export type WriteRefusal = (subjectId: string | null) => void;

/**
 * Each refusal is one row, up to {@link REFUSALS_PER_WINDOW} for one account in one hour; then one row says that more
 * are left out, and nothing more is written until the hour is over. Counted in memory: one entry for each account that
 * exists, at most.
 */
export function boundedRefusals(
  writeAudit: WriteAudit,
  now: () => Date,
  refused: AuditEntry['action'] = 'session.refused',
): WriteRefusal {
  const windows = new Map<string | null, { readonly since: number; count: number }>();
  return (subjectId) => {
    const at = now().getTime();
    const present = windows.get(subjectId);
    // A clock that was set back begins a new hour: it must not silence the record for longer than that.
    const fresh = present === undefined || at < present.since || at - present.since >= WINDOW_MS;
    const window = fresh ? { since: at, count: 0 } : present;
    windows.set(subjectId, window);
    window.count += 1;
    if (window.count > REFUSALS_PER_WINDOW + 1) return;
    const action: AuditEntry['action'] =
      window.count > REFUSALS_PER_WINDOW ? 'session.refusals_omitted' : refused;
    writeAudit({ action, actorId: null, subjectId });
  };
}
