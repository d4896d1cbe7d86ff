/** Creating, changing and deleting people; every rule is checked inside the transaction that applies it. */
import type { User } from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import type { WriteAudit } from './audit.ts';
import type { Caller } from './authentication.ts';
import type { DataKeys } from './data-keys.ts';
import type { AccountsDatabase } from './database.ts';
import type { Wrap, WrapStore } from './key-wraps.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
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
  readonly database: AccountsDatabase;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly dataKeys: DataKeys;
  readonly wraps: WrapStore;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: (event: SessionsEnded) => void;
}

export function people(parts: PeopleParts) {
  const { users, sessions, dataKeys, wraps, writeAudit, sessionsEnded } = parts;

  /** Takes the write lock first, so that what is read stays true until the commit. */
  const atomically = <T>(work: () => T): T =>
    parts.database.transaction(() => work(), { behavior: 'immediate' });

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
    return atomically(() => {
      const refused = refuse();
      if (refused !== null) return refusal(refused);
      const role = person.is_admin ? 'administrator' : 'user';
      const row = users.insert({ id, email: person.email, passwordHash, role });
      dataKeys.save(id, dataKey);
      writeAudit({ action: 'user.created', actorId, subjectId: id });
      return success(toUser(row));
    });
  };

  /** Sets a new password and re-wraps the data key with it, both or neither. */
  const writePassword = (userId: string, passwordHash: string, wrap: Wrap): void => {
    users.update(userId, { passwordHash });
    wraps.save(userId, 'password', wrap);
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
      changes: { password?: string | undefined; is_admin?: boolean | undefined },
    ): Promise<Result<User, 'not-found' | 'last-administrator' | 'history-locked'>> {
      if (users.findById(id) === null) return refusal('not-found');
      if (changes.password !== undefined && !dataKeys.isOpen(id)) return refusal('history-locked');
      const password =
        changes.password === undefined
          ? null
          : { hash: await hashPassword(changes.password), wrap: await dataKeys.rewrap(id, changes.password) };

      const ended: string[] = [];
      const outcome = atomically((): Result<User, 'not-found' | 'last-administrator'> => {
        const row = users.findById(id);
        if (row === null) return refusal('not-found');
        const role = changes.is_admin === undefined ? row.role : changes.is_admin ? 'administrator' : 'user';
        if (role !== row.role && role === 'user' && users.isLastAdministrator(id)) {
          return refusal('last-administrator');
        }
        if (password !== null) {
          writePassword(id, password.hash, password.wrap);
          writeAudit({ action: 'user.password_reset', actorId: actor.user.id, subjectId: id });
        }
        if (role !== row.role) {
          users.update(id, { role });
          const action = role === 'administrator' ? 'user.promoted' : 'user.demoted';
          writeAudit({ action, actorId: actor.user.id, subjectId: id });
        }
        if (password !== null || role !== row.role) ended.push(...sessions.endAllOf(id));
        return success(toUser(users.findById(id) ?? row));
      });
      if (ended.length > 0) sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return outcome;
    },

    async changeOwnPassword(caller: Caller, current: string, next: string): Promise<'ok' | 'wrong-password'> {
      const { id } = caller.user;
      const row = users.findById(id);
      if (row === null || !(await passwordMatches(row.passwordHash, current))) return 'wrong-password';
      const passwordHash = await hashPassword(next);
      const wrap = await dataKeys.rewrap(id, next);
      const ended = atomically(() => {
        if (users.findById(id)?.passwordHash !== row.passwordHash) return null;
        writePassword(id, passwordHash, wrap);
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
