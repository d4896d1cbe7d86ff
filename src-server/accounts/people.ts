/** Creating, changing and deleting people; every rule is checked inside the transaction that applies it. */
import type { User } from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { PasswordReset, ResetRefusal } from './password-reset.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import { newUserId, toUser, type Users } from './users.ts';

/** Sessions that have ended, so that their streams and runs can end too. */
export interface SessionsEnded {
  readonly userId: string;
  readonly sessionIds: readonly string[];
  readonly reason: 'signed-out' | 'revoked' | 'deleted';
}

export interface NewPerson {
  readonly email: string;
  readonly password: string;
  readonly is_admin: boolean;
}

export interface PeopleParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  readonly resetPassword: PasswordReset;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: (event: SessionsEnded) => void;
}

export function people(parts: PeopleParts) {
  const { atomically, users, sessions, dataKeys, secrets, resetPassword, writeAudit, sessionsEnded } = parts;

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
      const role = person.is_admin ? 'administrator' : 'user';
      const row = users.insert({ id, email: person.email, passwordHash, role });
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

    createUser: (actor: Caller, input: NewPerson) =>
      insert(actor.user.id, input, () =>
        users.findByEmail(input.email) === null ? null : ('email-taken' as const),
      ),

    async updateUser(
      actor: Caller,
      id: string,
      changes: {
        password?: string | undefined;
        is_admin?: boolean | undefined;
        accept_loss?: boolean | undefined;
      },
    ): Promise<Result<User, 'not-found' | 'last-administrator' | ResetRefusal>> {
      const before = users.findById(id);
      if (before === null) return refusal('not-found');
      const reset =
        changes.password === undefined
          ? null
          : await resetPassword(before, changes.password, changes.accept_loss === true);
      if (reset?.ok === false) return reset;

      const ended: string[] = [];
      const outcome = atomically((): Result<User, 'not-found' | 'last-administrator' | ResetRefusal> => {
        const row = users.findById(id);
        if (row === null) return refusal('not-found');
        const role = changes.is_admin === undefined ? row.role : changes.is_admin ? 'administrator' : 'user';
        if (role !== row.role && role === 'user' && users.isLastAdministrator(id)) {
          return refusal('last-administrator');
        }
        const saved = reset?.value(row, actor.user.id);
        if (saved?.ok === false) return saved;
        if (role !== row.role) {
          users.update(id, { role });
          const action = role === 'administrator' ? 'user.promoted' : 'user.demoted';
          writeAudit({ action, actorId: actor.user.id, subjectId: id });
        }
        if (reset !== null || role !== row.role) ended.push(...sessions.endAllOf(id));
        return success(toUser(users.findById(id) ?? row));
      });
      if (ended.length > 0) sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return outcome;
    },

    async changeOwnPassword(caller: Caller, current: string, next: string): Promise<'ok' | 'wrong-password'> {
      const { id } = caller.user;
      const row = users.findById(id);
      if (row === null || !(await passwordMatches(row.passwordHash, current))) return 'wrong-password';
      if (!dataKeys.isOpen(id)) return 'wrong-password';
      const fresh = await secrets.make(id, next);
      const ended = atomically(() => {
        if (users.findById(id)?.passwordHash !== row.passwordHash) return null;
        secrets.save(id, fresh);
        writeAudit({ action: 'user.password_changed', actorId: id, subjectId: id });
        return sessions.endAllOf(id, caller.sessionId);
      });
      if (ended === null) return 'wrong-password';
      sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return 'ok';
    },

    async deleteUser(actor: Caller, id: string): Promise<Result<null, 'not-found' | 'last-administrator'>> {
      const ended: string[] = [];
      const outcome = atomically((): Result<null, 'not-found' | 'last-administrator'> => {
        const row = users.findById(id);
        if (row === null) return refusal('not-found');
        if (row.role === 'administrator' && users.isLastAdministrator(id))
          return refusal('last-administrator');
        ended.push(...sessions.endAllOf(id));
        users.remove(id);
        writeAudit({ action: 'user.deleted', actorId: actor.user.id, subjectId: id });
        return success(null);
      });
      if (!outcome.ok) return outcome;
      sessionsEnded({ userId: id, sessionIds: ended, reason: 'deleted' });
      dataKeys.forget(id);
      return outcome;
    },
  };
}
