import { audit } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';

export type AuditAction =
  | 'user.created'
  | 'user.promoted'
  | 'user.demoted'
  | 'user.password_reset'
  | 'user.password_changed'
  | 'user.deleted'
  | 'user.lock_lifted'
  | 'session.started'
  | 'session.refused'
  | 'session.refusals_omitted'
  | 'session.ended'
  | 'session.locked'
  | 'session.unlocked'
  | 'pin.set'
  | 'pin.removed'
  | 'pin.exhausted'
  | 'device.shown'
  | 'device.hidden'
  | 'connection.created'
  | 'connection.changed'
  | 'connection.deleted'
  | 'connection.key_changed'
  | 'connection.models_changed'
  | 'policy.changed'
  | 'policy.removed';

/** Who did it (null: nobody signed in, or Foyer itself), and to whom. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly actorId: string | null;
  readonly subjectId: string | null;
}

/** Writes down who did what and when; never what anybody wrote, never an address or a password. */
export type WriteAudit = (entry: AuditEntry) => void;

export function openAudit(database: AccountsDatabase, now: () => Date): WriteAudit {
  return (entry) => {
    database
      .insert(audit)
      .values({ ...entry, at: now().toISOString() })
      .run();
  };
}
