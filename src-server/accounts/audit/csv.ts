/** The audit as a file, a page at a time. */
import { csvLine } from '../../csv.ts';
import type { AuditFilter, AuditReader } from './reader.ts';

/** Rows that are read at a time; between two readings others have their turn. */
const ROWS_AT_A_TIME = 500;

const HEADINGS = ['sequence', 'at', 'action', 'actor', 'actor_name', 'subject', 'subject_name', 'hash'];

/** Lines of CSV, the newest row first. */
export function* auditCsv(reader: AuditReader, filter: AuditFilter): Generator<string> {
  yield csvLine(HEADINGS);
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = reader.rows(filter, before, ROWS_AT_A_TIME);
    const label = reader.labelsOf(rows);
    const nameOf = (id: string | null) => (id === null ? '' : (label(id).label ?? ''));
    yield rows
      .map(({ sequence, at, action, actorId, subjectId, hash }) =>
        csvLine([
          sequence,
          at,
          action,
          actorId ?? '',
          nameOf(actorId),
          subjectId ?? '',
          nameOf(subjectId),
          hash?.toString('hex') ?? '',
        ]),
      )
      .join('');
    if (rows.length < ROWS_AT_A_TIME) return;
    before = rows.at(-1)?.sequence ?? 0;
  }
}
