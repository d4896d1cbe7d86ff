/** Getting back in with the recovery code: after a forgotten password, and after one that somebody else has set. */
import { randomBytes } from 'node:crypto';
import type { WriteAudit } from './audit.ts';
import type { ClosedSession } from './authentication.ts';
import type { ConfirmPassword } from './confirm-password.ts';
import type { DataKeys } from './data-keys.ts';
import type { Atomically } from './database.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { KeptHistories } from './kept-histories.ts';
import {
  openWithPassword,
  openWithRecoveryCode,
  type RecoveryWrap,
  type WrapStore,
  wrapWithRecoveryCode,
} from './key-wraps.ts';
import type { OpenedSessions } from './opened-sessions.ts';
import { grouped, newCode, RECOVERY_SIGNS, readCode } from './recovery-code.ts';
import { boundedRefusals } from './refusals.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { Attempt, SignInThrottle } from './throttle.ts';
import type { Users } from './users.ts';
import type { WorkLimit } from './work-limit.ts';

/** The code counted and is used up; this one, shown once, takes its place. */
export interface NewRecoveryCode {
  readonly recoveryCode: string;
}

/** What a closed session is opened with. */
export type Needs = 'password' | 'recovery-code';

export interface RecoveryParts {
  readonly atomically: Atomically;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly wraps: WrapStore;
  readonly dataKeys: DataKeys;
  readonly secrets: Secrets;
  readonly secondFactors: SecondFactors;
  readonly keptHistories: KeptHistories;
  readonly openedSessions: OpenedSessions;
  readonly throttle: SignInThrottle;
  readonly confirmPassword: ConfirmPassword;
  readonly oneOfFew: WorkLimit;
  readonly writeAudit: WriteAudit;
  readonly sessionsEnded: EndedSessions['tell'];
  readonly purge: () => void;
  readonly now: () => Date;
}

/** Opened in place of a wrap that does not exist, so that all refusals do the same work. */
const DECOY = wrapWithRecoveryCode(randomBytes(32), 'nobody', newCode(RECOVERY_SIGNS));

export function recovery(parts: RecoveryParts) {
  const { atomically, users, sessions, wraps, dataKeys, secrets, secondFactors, keptHistories } = parts;
  const { openedSessions, throttle, confirmPassword, oneOfFew, writeAudit, sessionsEnded, purge } = parts;
  const writeRefusal = boundedRefusals(writeAudit, parts.now, 'recovery_code.refused');

  /** The data key of an account, if this is its recovery code. */
  const openWith = (userId: string | null, code: string) => {
    const wrap = userId === null ? null : wraps.find(userId, 'recovery');
    const dataKey = openWithRecoveryCode(wrap ?? DECOY, userId ?? 'nobody', code);
    return wrap === null || dataKey === null ? null : { wrap, dataKey };
  };

  /** Writes password and a new recovery code, unless the code was used up meanwhile. */
  const renew = async (
    userId: string,
    password: string,
    opened: { readonly wrap: { readonly nonce: Buffer }; readonly dataKey: Buffer },
    alsoWrite: () => readonly string[],
  ): Promise<(NewRecoveryCode & { readonly ended: readonly string[] }) | null> => {
    const made = await secrets.make(userId, password, opened.dataKey);
    const code = newCode(RECOVERY_SIGNS);
    const wrap = wrapWithRecoveryCode(opened.dataKey, userId, code);
    const ended = atomically(() => {
      if (wraps.find(userId, 'recovery')?.nonce.equals(opened.wrap.nonce) !== true) return null;
      secrets.save(userId, made, 'new');
      wraps.save(userId, 'recovery', wrap);
      return alsoWrite();
    });
    if (ended === null) return null;
    purge();
    return { recoveryCode: grouped(code), ended };
  };

  return {
    /**
     * Sets a new password with the recovery code. All sessions end; whoever comes back signs in with both factors.
     *
     * @returns null for an address that nobody has, an account without a recovery code, and a wrong code alike
     * @throws {SignInThrottledError} @throws {TooBusyError}
     */
    async recover(input: Attempt & { code: string; password: string }): Promise<NewRecoveryCode | null> {
      const code = readCode(input.code, RECOVERY_SIGNS);
      const attempt: Attempt = { email: input.email, address: input.address, at: 'recovery' };
      return oneOfFew(async () => {
        throttle.admit(attempt);
        const found = users.findByEmail(input.email);
        const row = found?.status === 'active' ? found : null;
        const opened = openWith(row?.id ?? null, code ?? '');
        if (row === null || opened === null) {
          writeRefusal(row?.id ?? null);
          return null;
        }
        const renewed = await renew(row.id, input.password, opened, () => {
          users.update(row.id, { passwordIsTemporary: false });
          writeAudit({ action: 'account.recovered', actorId: row.id, subjectId: row.id });
          return sessions.endAllOf(row.id);
        });
        opened.dataKey.fill(0);
        if (renewed === null) return null;
        throttle.succeeded(attempt);
        throttle.lift(row.email);
        void sessionsEnded({ userId: row.id, sessionIds: renewed.ended, reason: 'revoked' });
        return { recoveryCode: renewed.recoveryCode };
      });
    },

    /** What opens a closed session: the password, unless somebody else has set it. */
    needs: ({ user }: ClosedSession): Needs =>
      wraps.find(user.id, 'password') === null ? 'recovery-code' : 'password',

    /** Opens the history for a session whose password opens it. @throws {SignInThrottledError} @throws {TooBusyError} */
    async openWithPassword(session: ClosedSession, password: string): Promise<'ok' | 'wrong' | 'needs-code'> {
      const { id } = session.user;
      if ((await confirmPassword(id, password)) === null) return 'wrong';
      const dataKey = await dataKeys.openAtSignIn(id, password);
      if (dataKey === null) return 'needs-code';
      // The session can have ended while the password was stretched.
      if (!sessions.listOf(id).some((alive) => alive.id === session.sessionId)) {
        dataKey.fill(0);
        return 'wrong';
      }
      dataKeys.hold(id, dataKey);
      openedSessions.add(session.sessionId, id);
      return 'ok';
    },

    /**
     * Opens the history with the recovery code when the present password was set by somebody else; from then on the
     * password opens it too.
     *
     * @throws {SignInThrottledError} @throws {TooBusyError}
     */
    async openWithCode(
      session: ClosedSession,
      input: { code: string; password: string; address?: string | undefined },
    ): Promise<NewRecoveryCode | 'wrong-password' | 'wrong-code'> {
      const { id, email } = session.user;
      const row = await confirmPassword(id, input.password);
      if (row === null) return 'wrong-password';
      const attempt: Attempt = { email, address: input.address, at: 'recovery' };
      throttle.admit(attempt);
      const opened = openWith(id, readCode(input.code, RECOVERY_SIGNS) ?? '');
      if (opened === null) {
        writeRefusal(id);
        return 'wrong-code';
      }
      const renewed = await renew(id, input.password, opened, () => {
        writeAudit({ action: 'account.history_opened', actorId: id, subjectId: id });
        return [];
      });
      if (renewed === null) return 'wrong-code';
      throttle.succeeded(attempt);
      dataKeys.hold(id, opened.dataKey);
      openedSessions.add(session.sessionId, id);
      return { recoveryCode: renewed.recoveryCode };
    },

    /**
     * Goes on without the history that cannot be opened: a new data key, an empty history and a new recovery code. The
     * old files stay as they are, and the old code still opens them. The app's secret was sealed with the old key, so
     * the second factor ends too.
     */
    async startOver(
      session: ClosedSession,
      password: string,
    ): Promise<NewRecoveryCode | 'wrong-password' | 'not-needed'> {
      const { id } = session.user;
      const row = await confirmPassword(id, password);
      if (row === null) return 'wrong-password';
      const present = wraps.find(id, 'password');
      const opened = present === null ? null : await openWithPassword(present, id, password);
      if (opened !== null) {
        opened.fill(0);
        return 'not-needed';
      }
      const dataKey = randomBytes(32);
      const made = await secrets.make(id, password, dataKey);
      const code = newCode(RECOVERY_SIGNS);
      const ended = atomically(() => {
        const old = wraps.find(id, 'recovery');
        if (users.findById(id)?.passwordHash !== row.passwordHash || !isRecoveryWrap(old)) return null;
        keptHistories.keepPresent(id, old);
        wraps.removeAll(id);
        secrets.save(id, made, 'new');
        wraps.save(id, 'recovery', wrapWithRecoveryCode(dataKey, id, code));
        secondFactors.remove(id);
        writeAudit({ action: 'account.started_over', actorId: id, subjectId: id });
        return sessions.endAllOf(id, session.sessionId);
      });
      if (ended === null) {
        dataKey.fill(0);
        return 'wrong-password';
      }
      purge();
      dataKeys.hold(id, dataKey);
      openedSessions.add(session.sessionId, id);
      void sessionsEnded({ userId: id, sessionIds: ended, reason: 'revoked' });
      return { recoveryCode: grouped(code) };
    },
  };
}

function isRecoveryWrap(wrap: { readonly salt: Buffer | null } | null): wrap is RecoveryWrap {
  return wrap !== null && wrap.salt !== null;
}
