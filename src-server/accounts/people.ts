/** Creating and deleting people, and changing the own password; every rule is checked inside the transaction that applies it. */
import type { User } from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import type { Role } from '../context.ts';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import { type ChangeRefusal, isActiveAdministrator, userChanges } from './changes.ts';
import type { DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { PasswordReset, ResetRefusal } from './password-reset.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import { newUserId, toUser, type Users } from './users.ts';

export interface NewPerson {
  readonly email: string;
  readonly password: string;
  readonly is_admin?: boolean | undefined;
  /** Default: what `is_admin` says, else `user`. */
  readonly role?: Role | undefined;
}

export interface PeopleParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  /** Takes a person's PIN away, within the transaction that is under way. @returns whether there was one */
  readonly dropPin: (userId: string) => boolean;
  /** Takes what was deleted out of the database's files. */
  readonly purge: () => void;
  readonly resetPassword: PasswordReset;
  readonly writeAudit: WriteAudit;
  /** Tells everybody; resolves when what the sessions had under way has ended. */
  readonly sessionsEnded: EndedSessions['tell'];
}

export function people(parts: PeopleParts) {
  const { atomically, users, sessions, dataKeys, secrets, dropPin, purge, writeAudit, sessionsEnded } = parts;

  /** Hashing takes its time before the transaction; whether the person may exist is decided in it. */
  const insert = async <E>(
    actorId: string | null,
    person: NewPerson,
    refuse: () => E | null,
  ): Promise<Result<User, E>> => {
    const id = newUserId();
    const [passwordHash, dataKey] = await Promise.all([
      hashPassword(person.password),
      dataKeys.create(id, person.password),
    ]);
    const outcome = atomically(() => {
      const refused = refuse();
      if (refused !== null) return refusal(refused);
      const role = person.role ?? (person.is_admin === true ? 'administrator' : 'user');
      // Whoever sets Foyer up chooses for themselves; everybody else was given a password by somebody who knows it.
      const passwordIsTemporary = actorId !== null;
      const row = users.insert({ id, email: person.email, passwordHash, role, passwordIsTemporary });
      dataKeys.save(id, dataKey);
      writeAudit({ action: 'user.created', actorId, subjectId: id });
      return success(toUser(row));
    });
    if (outcome.ok) dataKeys.remember(id, dataKey);
    else dataKey.dataKey.fill(0);
    return outcome;
  };

  return {
    createFirstAdministrator: (input: { email: string; password: string }) =>
      insert(null, { ...input, is_admin: true }, () =>
        users.isEmpty() ? null : ('already-set-up' as const),
      ),

    async provisionAdministrator(input: { email: string; password: string }): Promise<'created' | 'exists'> {
      if (users.findByEmail(input.email) !== null) return 'exists';
      const created = await insert(null, { ...input, is_admin: true }, () =>
        users.findByEmail(input.email) === null ? null : ('exists' as const),
      );
      return created.ok ? 'created' : 'exists';
    },

    /** The password is temporary. */
    createUser: (actor: Caller, input: NewPerson) =>
      insert(actor.user.id, input, () => {
        if (!isActiveAdministrator(users.findById(actor.user.id))) return 'forbidden' as const;
        return users.findByEmail(input.email) === null ? null : ('email-taken' as const);
      }),

    updateUser: userChanges(parts),

    /** Ends all other sessions. The password is the person's own from then on. */
    async changeOwnPassword(
      caller: Caller,
      current: string,
      next: string,
    ): Promise<'ok' | 'wrong-password' | 'unchanged'> {
      const { id } = caller.user;
      const row = users.findById(id);
      if (row === null || !(await passwordMatches(row.passwordHash, current))) return 'wrong-password';
      if (await passwordMatches(row.passwordHash, next)) return 'unchanged';
      if (!dataKeys.isOpen(id)) return 'wrong-password';
      const fresh = await secrets.make(id, next);
      const ended = atomically(() => {
        // Hashing took its time: the account can have another password by now, and the session can be over.
        if (users.findById(id)?.passwordHash !== row.passwordHash) return null;
        if (sessions.findById(caller.sessionId) === null) return null;
        secrets.save(id, fresh, 'new');
        users.update(id, { passwordIsTemporary: false });
        writeAudit({ action: 'user.password_changed', actorId: id, subjectId: id });
        return sessions.endAllOf(id, caller.sessionId);
      });
      if (ended === null) return 'wrong-password';
      purge();
      void sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return 'ok';
    },

    /** Resolves when everything that the person had under way has ended. */
    async deleteUser(actor: Caller, id: string): Promise<Result<null, Exclude<ChangeRefusal, ResetRefusal>>> {
      const ended: string[] = [];
      const outcome = atomically((): Result<null, Exclude<ChangeRefusal, ResetRefusal>> => {
        const row = users.findById(id);
        if (row === null) return refusal('not-found');
        if (!isActiveAdministrator(users.findById(actor.user.id))) return refusal('forbidden');
        if (isActiveAdministrator(row) && users.isLastAdministrator(id)) return refusal('last-administrator');
        ended.push(...sessions.endAllOf(id));
        dropPin(id);
        users.remove(id);
        writeAudit({ action: 'user.deleted', actorId: actor.user.id, subjectId: id });
        return success(null);
      });
      if (!outcome.ok) return outcome;
      purge();
      await sessionsEnded({ userId: id, sessionIds: ended, reason: 'deleted' });
      dataKeys.forget(id);
      return outcome;
    },
  };
}
