/** What an administrator changes about a person; every rule is checked inside the transaction that applies it. */
import type { User, UserChanges } from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import type { Role } from '../context.ts';
import type { AuditAction } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { ResetRefusal } from './password-reset.ts';
import type { PeopleParts } from './people.ts';
import { toUser, type UserRow } from './users.ts';

/** `forbidden`: who asks is no administrator any more, since their request was let in. */
export type ChangeRefusal = 'not-found' | 'last-administrator' | 'forbidden' | ResetRefusal;

/** Changing role, state and password of a person. */
export function userChanges(parts: PeopleParts) {
  const { atomically, users, sessions, resetPassword, dropPin, purge, writeAudit, sessionsEnded } = parts;

  /**
   * Resolves when everything that the person had under way has ended.
   *
   * @returns the person as they are then
   */
  return async function updateUser(
    actor: Caller,
    id: string,
    changes: UserChanges,
  ): Promise<Result<User, ChangeRefusal>> {
    const found = users.findById(id);
    if (found === null) return refusal('not-found');
    const reset =
      changes.password === undefined
        ? null
        : await resetPassword(found, changes.password, changes.accept_loss === true);
    if (reset?.ok === false) return reset;

    const ended: string[] = [];
    let hadPin = false;
    const outcome = atomically((): Result<{ before: UserRow; after: UserRow }, ChangeRefusal> => {
      const before = users.findById(id);
      if (before === null) return refusal('not-found');
      if (!isActiveAdministrator(users.findById(actor.user.id))) return refusal('forbidden');
      const role = roleAfter(before.role, changes);
      const status = statusAfter(before, changes);
      const stays = isActiveAdministrator({ role, status });
      if (isActiveAdministrator(before) && !stays && users.isLastAdministrator(id)) {
        return refusal('last-administrator');
      }
      if (reset !== null) {
        const saved = reset.value(before, actor.user.id);
        if (!saved.ok) return saved;
        // Nobody else knows a password that administrators choose for themselves.
        users.update(id, { passwordIsTemporary: id !== actor.user.id });
      }
      if (role !== before.role || status !== before.status) users.update(id, { role, status });
      const after = users.findById(id) ?? before;
      // A PIN is a way in: nobody who may not come in, or of whom nothing is kept, has one.
      if (after.status === 'deactivated' || after.role === 'guest') hadPin = dropPin(id);
      const actions = actionsOf(before, after, reset !== null);
      for (const action of actions) writeAudit({ action, actorId: actor.user.id, subjectId: id });
      // Who comes back from being deactivated has none.
      if (actions.length > 0) ended.push(...sessions.endAllOf(id));
      return success({ before, after });
    });
    if (!outcome.ok) return outcome;
    const { before, after } = outcome.value;
    // What a password or a PIN of before opened must not be in an old page.
    if (reset !== null || hadPin) purge();
    const deactivated = before.status === 'active' && after.status === 'deactivated';
    if (ended.length > 0 || deactivated) {
      const reason = deactivated ? 'deactivated' : 'revoked';
      await sessionsEnded({ userId: id, sessionIds: ended, reason });
    }
    return success(toUser(after));
  };
}

/** Whether somebody may look after people. */
export function isActiveAdministrator(person: Pick<UserRow, 'role' | 'status'> | null): boolean {
  return person?.role === 'administrator' && person.status === 'active';
}

/** The role that was asked for: in Foyer's words, else in those of the predecessor, who knew no guests. */
function roleAfter(present: Role, { role, is_admin }: UserChanges): Role {
  if (role !== undefined) return role;
  if (is_admin === true) return 'administrator';
  return is_admin === false && present === 'administrator' ? 'user' : present;
}

function statusAfter({ status }: UserRow, { is_active }: UserChanges): UserRow['status'] {
  if (is_active === undefined) return status;
  return is_active ? 'active' : 'deactivated';
}

function actionsOf(before: UserRow, after: UserRow, isReset: boolean): AuditAction[] {
  const actions: AuditAction[] = isReset ? ['user.password_reset'] : [];
  if (before.role !== after.role) {
    if (after.role === 'administrator') actions.push('user.promoted');
    else if (before.role === 'administrator') actions.push('user.demoted');
    if (after.role === 'guest') actions.push('user.made_guest');
    else if (before.role === 'guest' && after.role === 'user') actions.push('user.made_user');
  }
  if (before.status !== after.status) {
    actions.push(after.status === 'active' ? 'user.activated' : 'user.deactivated');
  }
  return actions;
}
