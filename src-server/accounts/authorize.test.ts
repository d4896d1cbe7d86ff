import { describe, expect, it } from 'vitest';
import { ACTIONS, type Action, type Actor, authorize, type Decision, type Subject } from './authorize.ts';

const actor = (
  id: string,
  role: Actor['role'],
  { password_is_temporary = false, mustSeal = false } = {},
): Actor => ({ user: { id, password_is_temporary }, role, mustSeal });
const administrator = actor('usr_ada', 'administrator');
const user = actor('usr_bob', 'user');
const guest = actor('usr_eve', 'guest');
const decide = (action: Action, subject: Subject) =>
  [null, guest, user, administrator].map((who) => authorize(who, action, subject));

/** Written out once more, so that a rule that is loosened by mistake fails here. */
const OPEN = [
  'health.read',
  'page.open',
  'setup.read',
  'setup.complete',
  'session.start',
  'session.open-by-pin',
  'account.recover',
  'device.read',
  'device.change',
];
/** Locking comes before everything, whoever it is; and so does opening what only its owner opens. */
const LOCKING = ['lock.read', 'session.lock', 'session.use', 'history.open'];
const SHARED = ['status.read'];
const GOVERNED =
  /^(administration\.open|(people|connections|policies|usage|settings|audit|storage|about)\.(read|change|delete|sign-out|export|verify|check))$/;

describe.each(ACTIONS)('%s', (action) => {
  const all = (decision: Decision) => Array.from({ length: 4 }, () => decision);

  it('is decided the same way for everything that is not its own', () => {
    for (const subject of ['foyer', null, { ownerId: 'usr_nobody' }] as const) {
      const expected = OPEN.includes(action)
        ? all('allowed')
        : GOVERNED.test(action)
          ? ['sign-in', 'forbidden', 'forbidden', 'allowed']
          : SHARED.includes(action)
            ? ['sign-in', 'allowed', 'allowed', 'allowed']
            : ['sign-in', 'missing', 'missing', 'missing'];
      expect(decide(action, subject)).toEqual(expected);
    }
  });

  it('lets nobody at what is somebody else’s, administrators no more than others', () => {
    if (OPEN.includes(action) || SHARED.includes(action) || GOVERNED.test(action)) return;
    expect(authorize(user, action, { ownerId: user.user.id })).toBe('allowed');
    expect(authorize(administrator, action, { ownerId: user.user.id })).toBe('missing');
    expect(authorize(guest, action, { ownerId: user.user.id })).toBe('missing');
    expect(authorize(null, action, { ownerId: user.user.id })).toBe('sign-in');
  });
});

describe('before a given password is changed', () => {
  const newcomer = actor('usr_new', 'administrator', { password_is_temporary: true, mustSeal: true });
  const own = { ownerId: newcomer.user.id };

  it('leaves knowing who one is, choosing a password, and going', () => {
    const allowed = ACTIONS.filter((action) => authorize(newcomer, action, own) === 'allowed');
    expect(allowed.sort()).toEqual(
      [...OPEN, ...LOCKING, 'account.read', 'password.change', 'session.end'].sort(),
    );
  });

  it('says so for everything else', () => {
    expect(authorize(newcomer, 'thread.read', own)).toBe('choose-password');
    expect(authorize(newcomer, 'people.read', 'foyer')).toBe('choose-password');
  });
});

describe('before an account that has to be sealed is', () => {
  const unsealed = actor('usr_new', 'administrator', { mustSeal: true });
  const own = { ownerId: unsealed.user.id };

  it('leaves knowing who one is, what leads to sealing, choosing a password, and going', () => {
    const allowed = ACTIONS.filter((action) => authorize(unsealed, action, own) === 'allowed');
    const left = ['account.read', 'password.change', 'session.end', 'protection.read', 'account.seal'];
    expect(allowed.sort()).toEqual([...OPEN, ...LOCKING, ...left].sort());
  });

  it('says so for everything else, whatever it is about', () => {
    const rest = ACTIONS.filter((action) => authorize(unsealed, action, own) !== 'allowed');
    expect(rest.length).toBeGreaterThan(30);
    for (const action of rest) {
      for (const subject of [own, 'foyer', null, { ownerId: 'usr_nobody' }] as const)
        expect(authorize(unsealed, action, subject), action).toBe('seal');
    }
  });
});

it.each(['', 'threads.read', 'constructor', '__proto__', 'toString'])(
  '"%s", which nobody wrote down, is allowed to nobody',
  (action) => {
    expect(decide(action as Action, 'foyer')).toEqual(Array.from({ length: 4 }, () => 'forbidden'));
  },
);
