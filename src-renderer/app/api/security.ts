import type { z } from 'zod';
import {
  type ClosedSessionInfo,
  closedSessionSchema,
  factorCodesSchema,
  loginResponseSchema,
  type NewSecondFactor,
  newRecoveryCodeSchema,
  newSecondFactorSchema,
  type recoverRequestSchema,
  type Security,
  type ShownRecoveryCode,
  securitySchema,
  shownRecoveryCodeSchema,
  type User,
  userSchema,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Password and a code of the second factor, or a recovery code. */
export interface PasswordAndCode {
  readonly password: string;
  readonly code: string;
}

/** What protects the own account: second factor, sealing, recovery. Codes come once, as answers. */
export interface SecurityApi {
  state(): Promise<ApiResult<Security>>;
  /** Second step of signing in. @param show as in the first step */
  answerChallenge(challenge: string, code: string, show: boolean): Promise<ApiResult<User>>;
  beginSecondFactor(password: string): Promise<ApiResult<NewSecondFactor>>;
  confirmSecondFactor(code: string): Promise<ApiResult<string[]>>;
  replaceFactorCodes(both: PasswordAndCode): Promise<ApiResult<string[]>>;
  disableSecondFactor(both: PasswordAndCode): Promise<ApiResult<void>>;
  /** For administrators: takes a lost second factor away. */
  removeSecondFactorOf(userId: string): Promise<ApiResult<void>>;
  /** Makes a recovery code that does not count before `seal`. */
  showRecoveryCode(password: string): Promise<ApiResult<ShownRecoveryCode>>;
  /** Makes the code count that was shown, with the group that was asked for; seals what is not sealed. */
  seal(group: string): Promise<ApiResult<Security>>;
  unseal(password: string): Promise<ApiResult<Security>>;
  /** @returns the recovery code that takes the place of the one that was used */
  bringBack(historyId: string, both: PasswordAndCode): Promise<ApiResult<string>>;
  recover(input: z.infer<typeof recoverRequestSchema>): Promise<ApiResult<string>>;
  /** What opens the history of this session, while it is closed. */
  closed(): Promise<ApiResult<ClosedSessionInfo>>;
  openHistory(password: string): Promise<ApiResult<User>>;
  openWithCode(both: PasswordAndCode): Promise<ApiResult<string>>;
  startOver(password: string): Promise<ApiResult<string>>;
}

const signedInUserSchema = loginResponseSchema.transform(({ user }) => user);
const codesSchema = factorCodesSchema.transform(({ recovery_codes }) => recovery_codes);
const codeSchema = newRecoveryCodeSchema.transform(({ recovery_code }) => recovery_code);

export function createSecurityApi(transport: Transport): SecurityApi {
  const post = <T>(path: string, body: unknown, answer: z.ZodType<T>) =>
    send(transport, { method: 'POST', path, body, answer });
  const own = '/api/users/me';
  return {
    state: () => send(transport, { method: 'GET', path: `${own}/security`, answer: securitySchema }),
    answerChallenge: (challenge, code, show) => {
      const window = show ? 'show' : 'unchanged';
      return post('/api/auth/login/second-factor', { challenge, code, window }, signedInUserSchema);
    },
    beginSecondFactor: (password) => post(`${own}/second-factor`, { password }, newSecondFactorSchema),
    confirmSecondFactor: (code) => post(`${own}/second-factor/confirm`, { code }, codesSchema),
    replaceFactorCodes: (both) => post(`${own}/second-factor/codes`, both, codesSchema),
    disableSecondFactor: (both) =>
      send<void>(transport, { method: 'DELETE', path: `${own}/second-factor`, body: both, answer: null }),
    removeSecondFactorOf: (userId) =>
      send<void>(transport, {
        method: 'DELETE',
        path: `/api/admin/users/${encodeURIComponent(userId)}/second-factor`,
        answer: null,
      }),
    showRecoveryCode: (password) => post(`${own}/recovery-code`, { password }, shownRecoveryCodeSchema),
    seal: (group) => post(`${own}/sealing`, { group }, securitySchema),
    unseal: (password) =>
      send(transport, {
        method: 'DELETE',
        path: `${own}/sealing`,
        body: { password },
        answer: securitySchema,
      }),
    bringBack: (id, both) => post(`${own}/kept-histories/${encodeURIComponent(id)}`, both, codeSchema),
    recover: (input) => post('/api/auth/recover', input, codeSchema),
    closed: () => send(transport, { method: 'GET', path: '/api/auth/closed', answer: closedSessionSchema }),
    openHistory: (password) => post('/api/auth/open', { password }, userSchema),
    openWithCode: (both) => post('/api/auth/open/recovery-code', both, codeSchema),
    startOver: (password) => post('/api/auth/open/start-over', { password, start_over: true }, codeSchema),
  };
}
