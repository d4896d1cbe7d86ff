import { vi } from 'vitest';
import type { AdminSettings, User } from '../../../src-shared/api/index.ts';
import type { Api } from '../api/api.ts';
import type { ApiResult } from '../api/failure.ts';

export const ada: User = {
  id: 'user_ada',
  email: 'ada@example.org',
  is_admin: true,
  created_at: '2026-09-02T09:12:00Z',
  updated_at: '2026-09-02T09:12:00Z',
};
export const bob: User = { ...ada, id: 'user_bob', email: 'bob@example.org', is_admin: false };

export const adminSettings: AdminSettings = {
  connection: {
    base_url: 'https://api.openai.com/v1',
    base_url_source: 'default',
    mode: 'responses',
    model: 'gpt-5-mini',
    model_source: 'settings',
    instructions: '',
    instructions_source: 'default',
    key: 'none',
    offline_guide: true,
  },
  keychain: { kind: 'os', status: 'ok' },
  version: '0.1.0',
  data_dir: '/data',
};

export const done = <T>(value: T): ApiResult<T> => ({ ok: true, value });
export const refused = (status: number, code: string): ApiResult<never> => ({
  ok: false,
  failure: { kind: 'refused', status, code, message: code },
});
export const unreachable: ApiResult<never> = { ok: false, failure: { kind: 'unreachable' } };

/** An interface that knows Ada, the administrator, and Bob; single operations can be replaced. */
export function fakeApi(overrides: Partial<Api> = {}) {
  const api: Api = {
    health: async () => done({ status: 'ok', version: '0.1.0' }),
    setupNeeded: async () => done(false),
    setUp: async () => done(ada),
    signIn: async () => done(ada),
    signOut: async () => done(undefined),
    me: async () => done(ada),
    changeOwnPassword: async () => done(undefined),
    status: async () =>
      done({
        offline_guide: true,
        models: [],
        keychain: { kind: 'os', status: 'ok' },
        attachments: { max_bytes: 1024, per_message: 4 },
      }),
    listUsers: async () => done([ada, bob]),
    createUser: async ({ email }) => done({ ...bob, email }),
    updateUser: async () => done(bob),
    deleteUser: async () => done(undefined),
    settings: async () => done(adminSettings),
    updateSettings: async () => done(adminSettings),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}
