import type { z } from 'zod';
import {
  type AdminLocking,
  adminLockingSchema,
  type ChangeOwnLocking,
  devicePeopleSchema,
  type LockingRules,
  type LockState,
  lockStateSchema,
  loginResponseSchema,
  type OwnLocking,
  openStateSchema,
  ownLockingSchema,
  type PersonTile,
  type User,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Several people in one browser or window: who is shown, locking, PINs. */
export interface LockingApi {
  /** How it stands with the session of this page; asking does not count as use. */
  lockState(): Promise<ApiResult<LockState>>;
  lock(): Promise<ApiResult<void>>;
  /** Says that the person did something, now. */
  active(): Promise<ApiResult<z.infer<typeof openStateSchema>>>;
  /** Unlocks or signs in somebody whom this browser or window knows. */
  signInWithPin(person: string, pin: string): Promise<ApiResult<User>>;
  signInAs(person: string, password: string): Promise<ApiResult<User>>;
  devicePeople(): Promise<ApiResult<PersonTile[]>>;
  /** Shows a person here no longer. @returns who is still shown */
  hidePerson(id: string): Promise<ApiResult<PersonTile[]>>;
  ownLocking(): Promise<ApiResult<OwnLocking>>;
  changeOwnLocking(changes: ChangeOwnLocking): Promise<ApiResult<OwnLocking>>;
  setPin(input: { password: string; pin: string; shown_here: boolean }): Promise<ApiResult<OwnLocking>>;
  removePin(): Promise<ApiResult<OwnLocking>>;
  /** What administrators decide about locking. */
  lockingRules(): Promise<ApiResult<AdminLocking>>;
  changeLockingRules(changes: Partial<LockingRules>): Promise<ApiResult<AdminLocking>>;
}

const userSchema = loginResponseSchema.transform((answer) => answer.user);
const peopleSchema = devicePeopleSchema.transform(({ people }) => people);

export function createLockingApi(transport: Transport): LockingApi {
  const call = <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    answer: z.ZodType<T>,
    body?: unknown,
  ) => send(transport, { method, path, answer, ...(body === undefined ? {} : { body }) });
  return {
    lockState: () => call('GET', '/api/lock', lockStateSchema),
    lock: () => send<void>(transport, { method: 'POST', path: '/api/lock', answer: null }),
    active: () => call('POST', '/api/lock/active', openStateSchema),
    signInWithPin: (person, pin) => call('POST', '/api/auth/pin', userSchema, { person, pin }),
    signInAs: (person, password) => call('POST', '/api/auth/login', userSchema, { person, password }),
    devicePeople: () => call('GET', '/api/device/people', peopleSchema),
    hidePerson: (id) => call('DELETE', `/api/device/people/${encodeURIComponent(id)}`, peopleSchema),
    ownLocking: () => call('GET', '/api/users/me/locking', ownLockingSchema),
    changeOwnLocking: (changes) => call('PUT', '/api/users/me/locking', ownLockingSchema, changes),
    setPin: (input) => call('PUT', '/api/users/me/pin', ownLockingSchema, input),
    removePin: () => call('DELETE', '/api/users/me/pin', ownLockingSchema),
    lockingRules: () => call('GET', '/api/admin/locking', adminLockingSchema),
    changeLockingRules: (changes) => call('PUT', '/api/admin/locking', adminLockingSchema, changes),
  };
}
