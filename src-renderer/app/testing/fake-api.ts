import { vi } from 'vitest';
import type {
  AdminSettings,
  ConnectionInfo,
  OwnLocking,
  Person,
  PersonalKey,
  PersonalKeys,
  PersonTile,
  Security,
  Session,
  StorageState,
  User,
} from '../../../src-shared/api/index.ts';
import type { AdministrationApi } from '../api/administration.ts';
import type { Api } from '../api/api.ts';
import type { ApiResult } from '../api/failure.ts';
import type { GovernanceApi } from '../api/governance.ts';
import type { PeopleApi } from '../api/people.ts';
import type { PersonalKeysApi } from '../api/personal-keys.ts';
import type { SecurityApi } from '../api/security.ts';

export const ada: User = {
  id: 'user_ada',
  email: 'ada@example.org',
  is_admin: true,
  protection: 'managed',
  role: 'administrator',
  status: 'active',
  password_is_temporary: false,
  created_at: '2026-09-02T09:12:00Z',
  updated_at: '2026-09-02T09:12:00Z',
};
export const bob: User = { ...ada, id: 'user_bob', email: 'bob@example.org', is_admin: false, role: 'user' };

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

export const connection: ConnectionInfo = {
  id: 'con_1',
  name: 'House server',
  base_url: 'https://models.example.org/v1',
  mode: 'chat',
  enabled: true,
  built_in: false,
  key: 'keychain',
  last_used_at: '2026-09-02T09:12:00Z',
  tested_at: null,
  test_outcome: null,
  models: [
    {
      id: 'small',
      model: 'small-1',
      label: 'Small',
      input_price: 400_000,
      cached_price: 100_000,
      output_price: 1_600_000,
      max_output_tokens: 4_096,
    },
  ],
};

export const adaTile: PersonTile = { id: ada.id, name: 'ada', color: 1, waiting: true, pin_tries: 5 };
export const bobTile: PersonTile = { id: bob.id, name: 'bob', color: 4, waiting: false, pin_tries: null };

export const ownLocking: OwnLocking = {
  pin: { state: 'none' },
  lock_after_minutes: null,
  longest_minutes: 30,
  shown_here: false,
};

/** Connections, policies and usage as an administrator sees them; single operations can be replaced. */
export function fakeGovernance(overrides: Partial<GovernanceApi> = {}) {
  const policies = { roles: {}, people: {}, emails: {} };
  const total = {
    calls: 2,
    input_tokens: 300,
    cached_tokens: 0,
    output_tokens: 50,
    amount: 1_234_567,
    own_key_calls: 1,
    own_key_tokens: 120,
  };
  const api: GovernanceApi = {
    connections: async () => done([connection]),
    createConnection: async () => done(connection),
    updateConnection: async () => done(connection),
    deleteConnection: async () => done(undefined),
    setKey: async () => done(connection),
    offerModels: async () => done(connection),
    testConnection: async () => done({ outcome: 'ok', status: 200, milliseconds: 12, found: ['small-1'] }),
    policies: async () => done(policies),
    setPolicy: async () => done(policies),
    removePolicy: async () => done(policies),
    usage: async () => done({ rows: [{ key: '2026-09-02', ...total }], total, left_off: 0 }),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}

const size = { bytes: 0, files: 0 };

export const storageState: StorageState = {
  measurement: {
    state: 'done',
    at: new Date().toISOString(),
    result: {
      database: { bytes: 1_500_000, files: 3 },
      histories: { bytes: 4_000_000, files: 2 },
      attachments: { bytes: 20_000_000, files: 7 },
      other: size,
      orphans: { ...size, folders: 0 },
      leftovers: size,
      free_bytes: 8e10,
      people: [
        {
          id: ada.id,
          history: { bytes: 4_000_000, files: 2 },
          attachments: { bytes: 20_000_000, files: 7 },
        },
      ],
    },
  },
  integrity: { state: 'idle' },
  emails: { [ada.id]: ada.email },
  data_dir: '/data',
};

/** The installation as an administrator sees it; single operations can be replaced. */
export function fakeAdministration(overrides: Partial<AdministrationApi> = {}) {
  const idle = { state: 'idle' } as const;
  const api: AdministrationApi = {
    audit: async () => done({ rows: [], next: null }),
    auditVerification: async () => done(idle),
    startAuditVerification: async () => done({ state: 'running', done: 0, total: 0 }),
    cancelAuditVerification: async () => done({ state: 'cancelled', at: '2026-09-02T09:12:00Z' }),
    sessions: async () => done({ sessions: [], next: null, total: 0, people: 0 }),
    endSession: async () => done(undefined),
    endSessionsOf: async () => done(undefined),
    storage: async () => done(storageState),
    measureStorage: async () => done(storageState),
    checkIntegrity: async () => done({ ...storageState, integrity: { state: 'running', done: 0, total: 3 } }),
    cancelIntegrity: async () => done(storageState),
    about: async () =>
      done({
        version: '0.1.0',
        data_dir: '/data',
        keychain: { kind: 'os', status: 'ok' },
        runtime: [{ name: 'Node.js', version: '24.0.0' }],
      }),
    licences: async () => done({ packages: [], texts: [] }),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}

export const security: Security = {
  protection: 'managed',
  sealing: 'allowed',
  second_factor: null,
  kept_histories: [],
};
export const RECOVERY_CODE = 'ACDEF-GHJKL-MNPQR-TUVWX-Y2345-6789A';

/** An account that is neither sealed nor has a second factor; single operations can be replaced. */
export function fakeSecurity(overrides: Partial<SecurityApi> = {}) {
  const codes = [...'ACDEFGHJKL'].map((sign) => `${sign}CDEF-GHJKL-MNPQR-TUVWX`);
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const api: SecurityApi = {
    state: async () => done(security),
    answerChallenge: async () => done(ada),
    beginSecondFactor: async () => done({ secret, uri: `otpauth://totp/Foyer:ada?secret=${secret}` }),
    confirmSecondFactor: async () => done(codes),
    replaceFactorCodes: async () => done(codes),
    disableSecondFactor: async () => done(undefined),
    removeSecondFactorOf: async () => done(undefined),
    showRecoveryCode: async () => done({ code: RECOVERY_CODE, group: 3 }),
    seal: async () => done({ ...security, protection: 'sealed' }),
    unseal: async () => done(security),
    bringBack: async () => done(RECOVERY_CODE),
    recover: async () => done(RECOVERY_CODE),
    closed: async () => done({ email: ada.email, needs: 'password' }),
    openHistory: async () => done(ada),
    openWithCode: async () => done(RECOVERY_CODE),
    startOver: async () => done(RECOVERY_CODE),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}

/** A person as administrators see them. */
export function asPerson(user: User, more: Partial<Person> = {}): Person {
  return { ...user, last_sign_in_at: '2026-09-03T10:00:00Z', locked_until: null, sessions: 0, ...more };
}

export const session: Session = {
  id: 'ses_1',
  created_at: '2026-09-02T09:12:00Z',
  last_used_at: '2026-09-02T10:12:00Z',
  place: 'Firefox on Linux',
  current: true,
};

/** Ada and Bob, by the page, and two sessions; single operations can be replaced. */
export function fakePeople(overrides: Partial<PeopleApi> = {}) {
  const sessions = [session, { ...session, id: 'ses_2', place: null, current: false }];
  const people = [asPerson(ada), asPerson(bob)];
  const api: PeopleApi = {
    page: async () => done({ people, total: people.length, next: null, administrators: 1 }),
    liftLock: async () => done(undefined),
    sessionsOf: async () => done(sessions.map((each) => ({ ...each, current: false }))),
    endSessionsOf: async () => done(undefined),
    ownSessions: async () => done(sessions),
    endOwnSessions: async () => done(undefined),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}

export const personalKey: PersonalKey = {
  connection_id: 'con_1',
  name: 'House server',
  built_in: false,
  origin: 'https://models.example.org',
  key: 'none',
  last_used_at: null,
  usable: true,
};
export const personalKeys: PersonalKeys = {
  allowed: true,
  keychain: 'ok',
  kept_in: 'keychain',
  connections: [personalKey],
};

/** One connection without a key of the person's own; single operations can be replaced. */
export function fakePersonalKeys(overrides: Partial<PersonalKeysApi> = {}) {
  const api: PersonalKeysApi = {
    list: async () => done(personalKeys),
    set: async () => done({ ...personalKeys, connections: [{ ...personalKey, key: 'set' }] }),
    remove: async () => done(personalKeys),
    test: async () => done({ outcome: 'ok', milliseconds: 12 }),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) Object.assign(api, { [name]: vi.fn(operation) });
  return vi.mocked(api);
}

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
    createUser: async ({ email }) => done({ ...bob, email }),
    updateUser: async () => done(bob),
    deleteUser: async () => done(undefined),
    settings: async () => done(adminSettings),
    updateSettings: async () => done(adminSettings),
    search: async () => done([]),
    drafts: async () => done({}),
    saveDraft: async () => done(undefined),
    removeDraft: async () => done(undefined),
    draftsSettled: async () => undefined,
    lockState: async () => done({ state: 'open', user_id: ada.id, locks_in_ms: null }),
    lock: async () => done(undefined),
    active: async () => done({ state: 'open', user_id: ada.id, locks_in_ms: null }),
    signInWithPin: async () => done(ada),
    signInAs: async () => done(ada),
    devicePeople: async () => done([]),
    hidePerson: async () => done([]),
    ownLocking: async () => done(ownLocking),
    changeOwnLocking: async () => done(ownLocking),
    setPin: async () => done(ownLocking),
    removePin: async () => done(ownLocking),
    lockingRules: async () => done({ longest_minutes: 30, with_system: true, at_start: false, fixed: [] }),
    changeLockingRules: async () =>
      done({ longest_minutes: 30, with_system: true, at_start: false, fixed: [] }),
    budget: async () => done({ tokens_today: null, money_this_month: null, requests_per_minute: null }),
    governance: fakeGovernance(),
    administration: fakeAdministration(),
    security: fakeSecurity(),
    people: fakePeople(),
    personalKeys: fakePersonalKeys(),
    ...overrides,
  };
  for (const [name, operation] of Object.entries(api)) {
    if (typeof operation === 'function') Object.assign(api, { [name]: vi.fn(operation) });
  }
  return vi.mocked(api);
}
