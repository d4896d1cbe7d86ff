/** What is written down, and never what anybody wrote. How rows are chained: `audit/`. */

export type AuditAction =
  | 'user.created'
  | 'user.promoted'
  | 'user.demoted'
  | 'user.made_guest'
  | 'user.made_user'
  | 'user.deactivated'
  | 'user.activated'
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
  | 'history.exported'
  | 'connection.created'
  | 'connection.changed'
  | 'connection.deleted'
  | 'connection.key_changed'
  | 'connection.models_changed'
  | 'personal_key.set'
  | 'personal_key.removed'
  | 'policy.changed'
  | 'policy.removed'
  | 'settings.changed'
  | 'settings.key_changed'
  // The chain began; rows from before it were chained with this one.
  | 'audit.chain_started'
  // The rows before this one were written while the keychain gave no key, and are chained only now.
  | 'audit.rows_adopted'
  // The newest rows are not those that were there: some may have been removed.
  | 'audit.newest_lost'
  // The database is an older copy than the one that was used last.
  | 'audit.rolled_back'
  | 'audit.exported';

/** Who did it (null: nobody signed in, or Foyer itself), and to whom. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly actorId: string | null;
  readonly subjectId: string | null;
}

/**
 * Writes down who did what and when; never what anybody wrote, never an address or a password. Call it within the
 * transaction of what it tells of: then both are there, or neither.
 */
export type WriteAudit = (entry: AuditEntry) => void;
