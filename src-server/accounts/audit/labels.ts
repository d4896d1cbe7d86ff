/** Names for the ids in the audit, as they are now: what is gone has only its id left. */
import type Database from 'better-sqlite3';
import { type AuditParty, BUILT_IN_CONNECTION, policyRoleSchema } from '../../../src-shared/api/index.ts';

export function labels(client: Database.Database) {
  const email = client.prepare<[string], string>('SELECT email FROM users WHERE id = ?').pluck();
  const connection = client.prepare<[string], string>('SELECT name FROM connections WHERE id = ?').pluck();

  const partyOf = (id: string): AuditParty => {
    if (policyRoleSchema.safeParse(id).success) return { id, kind: 'role', label: null };
    if (id.startsWith('usr_')) return { id, kind: 'person', label: email.get(id) ?? null };
    const label = connection.get(id) ?? null;
    return { id, kind: label !== null || id === BUILT_IN_CONNECTION ? 'connection' : 'other', label };
  };

  /** Looks up each id of some rows once. */
  return (rows: readonly { actorId: string | null; subjectId: string | null }[]) => {
    const ids = new Set(rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId]));
    const known = new Map([...ids].flatMap((id) => (id === null ? [] : [[id, partyOf(id)]])));
    return (id: string): AuditParty => known.get(id) ?? partyOf(id);
  };
}
