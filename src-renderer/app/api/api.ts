import type { z } from 'zod';
import {
  type AdminSettings,
  type AppStatus,
  adminSettingsSchema,
  appStatusSchema,
  type Budget,
  budgetSchema,
  type FoundThread,
  foundThreadsSchema,
  type Health,
  healthSchema,
  loginResponseSchema,
  type Role,
  setupStateSchema,
  type UpdateSettingsRequest,
  type User,
  type UserChanges,
  userSchema,
} from '../../../src-shared/api/index.ts';
import { type AdministrationApi, createAdministrationApi } from './administration.ts';
import { createDraftsApi, type DraftsApi } from './drafts.ts';
import type { ApiResult } from './failure.ts';
import { createGovernanceApi, type GovernanceApi } from './governance.ts';
import { createLockingApi, type LockingApi } from './locking.ts';
import { createPeopleApi, type PeopleApi } from './people.ts';
import { createPersonalKeysApi, type PersonalKeysApi } from './personal-keys.ts';
import { send, type Transport } from './request.ts';
import { createSecurityApi, type SecurityApi } from './security.ts';

/** Mail address and password, as typed. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The REST interface of the own server, one method per operation; failures are values. */
export interface Api extends DraftsApi, LockingApi {
  health(): Promise<ApiResult<Health>>;
  setupNeeded(): Promise<ApiResult<boolean>>;
  /** Creates the administrator and signs in. */
  setUp(token: string, credentials: Credentials): Promise<ApiResult<User>>;
  /** @param show whether the person is shown in this browser or window from now on; false leaves that as it is */
  signIn(credentials: Credentials, show: boolean): Promise<ApiResult<User>>;
  signOut(): Promise<ApiResult<void>>;
  me(): Promise<ApiResult<User>>;
  changeOwnPassword(current: string, next: string): Promise<ApiResult<void>>;
  status(): Promise<ApiResult<AppStatus>>;
  createUser(credentials: Credentials, role: Role): Promise<ApiResult<User>>;
  updateUser(id: string, changes: UserChanges): Promise<ApiResult<User>>;
  deleteUser(id: string): Promise<ApiResult<void>>;
  settings(): Promise<ApiResult<AdminSettings>>;
  updateSettings(changes: UpdateSettingsRequest): Promise<ApiResult<AdminSettings>>;
  /** The person's conversations that hold all words of a query of at most `MAX_QUERY` characters. */
  search(query: string, signal: AbortSignal): Promise<ApiResult<FoundThread[]>>;
  /** What is left of the own budget. */
  budget(): Promise<ApiResult<Budget>>;
  /** Connections, policies and usage; only for administrators. */
  readonly governance: GovernanceApi;
  /** Audit log, sessions, storage and what this Foyer is made of; only for administrators. */
  readonly administration: AdministrationApi;
  /** Second factor, sealing and recovery. */
  readonly security: SecurityApi;
  /** Many people, and sessions. */
  readonly people: PeopleApi;
  /** Keys of the person's own for connections. */
  readonly personalKeys: PersonalKeysApi;
}

/** The access token in a sign-in answer is for API clients; the page uses the cookie and lets the token go. */
const signedInUserSchema = loginResponseSchema.transform((answer) => answer.user);
const foundSchema = foundThreadsSchema.transform(({ threads }) => threads);
const neededSchema = setupStateSchema.transform((answer) => answer.needed);

/** Builds the client on a transport, so that tests and previews can bring their own `fetch`. */
export function createApi(transport: Transport): Api {
  const get = <T>(path: string, answer: z.ZodType<T>) => send(transport, { method: 'GET', path, answer });
  const user = (id: string) => `/api/admin/users/${encodeURIComponent(id)}`;

  return {
    ...createDraftsApi(transport),
    ...createLockingApi(transport),
    health: () => get('/api/health', healthSchema),
    setupNeeded: () => get('/api/setup', neededSchema),
    setUp: (token, credentials) =>
      send(transport, {
        method: 'POST',
        path: '/api/setup',
        body: { token, ...credentials },
        answer: signedInUserSchema,
      }),
    signIn: (credentials, show) =>
      send(transport, {
        method: 'POST',
        path: '/api/auth/login',
        body: { ...credentials, window: show ? 'show' : 'unchanged' },
        answer: signedInUserSchema,
      }),
    signOut: () => send<void>(transport, { method: 'POST', path: '/api/auth/logout', answer: null }),
    me: () => get('/api/users/me', userSchema),
    changeOwnPassword: (current, next) =>
      send<void>(transport, {
        method: 'POST',
        path: '/api/users/me/password',
        body: { current_password: current, new_password: next },
        answer: null,
      }),
    status: () => get('/api/status', appStatusSchema),
    createUser: (credentials, role) =>
      send(transport, {
        method: 'POST',
        path: '/api/admin/users',
        body: { ...credentials, role },
        answer: userSchema,
      }),
    updateUser: (id, changes) =>
      send(transport, { method: 'PATCH', path: user(id), body: changes, answer: userSchema }),
    deleteUser: (id) => send<void>(transport, { method: 'DELETE', path: user(id), answer: null }),
    search: (query, signal) =>
      send(transport, { method: 'POST', path: '/api/search', body: { query }, answer: foundSchema, signal }),
    settings: () => get('/api/admin/settings', adminSettingsSchema),
    updateSettings: (changes) =>
      send(transport, {
        method: 'PUT',
        path: '/api/admin/settings',
        body: changes,
        answer: adminSettingsSchema,
      }),
    budget: () => get('/api/me/budget', budgetSchema),
    governance: createGovernanceApi(transport),
    administration: createAdministrationApi(transport),
    security: createSecurityApi(transport),
    people: createPeopleApi(transport),
    personalKeys: createPersonalKeysApi(transport),
  };
}
