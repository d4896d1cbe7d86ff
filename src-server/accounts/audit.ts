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
  | 'account.sealed'
  | 'account.unsealed'
  | 'account.recovered'
  | 'account.history_opened'
  | 'account.started_over'
  | 'account.history_brought_back'
  | 'recovery_code.replaced'
  | 'recovery_code.refused'
  | 'second_factor.enabled'
  | 'second_factor.disabled'
  | 'second_factor.removed'
  | 'second_factor.refused'
  | 'second_factor.code_used'
  | 'second_factor.codes_replaced'
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
