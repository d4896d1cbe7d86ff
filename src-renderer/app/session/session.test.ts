import { describe, expect, it, vi } from 'vitest';
import type { ApiFailure } from '../api/failure.ts';
import { ada as user } from '../testing/fake-api.ts';
import { createSessionStore, isWaiting, refusalsHeardBy } from './session.ts';
import { desktopSetupToken, takeSetupToken } from './setup-token.ts';

const failed = (failure: ApiFailure) => async () => ({ ok: false, failure }) as const;
const unauthorized = failed({ kind: 'refused', status: 401, code: 'unauthorized', message: '' });
const lockState = async () => ({ ok: false, failure: { kind: 'unreachable' } }) as const;
const needed = (value: boolean) => async () => ({ ok: true, value }) as const;

describe('session store', () => {
  it('finds who is signed in', async () => {
    const store = createSessionStore(() => '/admin');
    expect(store.get()).toEqual({ kind: 'loading' });
    await store.open({ me: async () => ({ ok: true, value: user }), lockState, setupNeeded: needed(false) });
    expect(store.get()).toEqual({ kind: 'signed-in', user, landing: '/', mustSeal: false });
  });

  it('a closed history keeps who was at work, until it is open again or the session ends', async () => {
    const store = createSessionStore(() => '/admin');
    store.signedIn(user);
    store.closed();
    expect(store.get()).toEqual({ kind: 'closed', user });
    store.opened(user);
    expect(store.get()).toEqual({ kind: 'signed-in', user, landing: '/', mustSeal: false });
    const closed = failed({ kind: 'refused', status: 423, code: 'history_closed', message: '' });
    const anew = createSessionStore(() => '/account');
    await anew.open({ me: closed, lockState, setupNeeded: needed(false) });
    expect(anew.get()).toEqual({ kind: 'closed', user: null });
    anew.ended();
    expect(anew.get()).toEqual({ kind: 'guest', ended: true, returnTo: '/account' });
  });

  it('an account that has to be sealed keeps who is at work, and is nothing to those who are not signed in', () => {
    const store = createSessionStore(() => '/admin');
    store.sealingRequired();
    expect(store.get()).toEqual({ kind: 'loading' });
    store.signedIn(user);
    expect(isWaiting(store.get())).toBe(false);
    store.sealingRequired();
    expect(store.get()).toEqual({ kind: 'signed-in', user, landing: '/', mustSeal: true });
    expect(isWaiting(store.get())).toBe(true);
    store.changed({ ...user, role: 'user' });
    expect(isWaiting(store.get()), 'a changed role seals nothing').toBe(true);
    store.sealingSettled();
    expect(isWaiting(store.get())).toBe(false);
    store.closed();
    expect(isWaiting(store.get())).toBe(true);
  });

  it('is told of a lock only while it holds something, and says when nobody answers', () => {
    const store = createSessionStore(() => '/');
    store.locking();
    store.lockingUnanswered();
    expect(store.get()).toEqual({ kind: 'loading' });
    store.signedIn(user);
    store.locking();
    expect(store.get()).toEqual({ kind: 'locking', isAnswered: true });
    store.lockingUnanswered();
    expect(store.get()).toEqual({ kind: 'locking', isAnswered: false });
  });

  it('a history that is found locked while it is closed leaves nothing of its person in the page', async () => {
    const store = createSessionStore(() => '/');
    store.signedIn(user);
    store.closed();
    const person = { id: user.id, name: 'ada', color: 0, waiting: true, pin_tries: null };
    await store.open({
      me: failed({ kind: 'refused', status: 423, code: 'locked', message: '' }),
      lockState: async () => ({ ok: true, value: { state: 'locked', person } }),
      setupNeeded: needed(false),
    });
    expect(store.get().kind).toBe('locking');
  });

  it('goes where the person was before another page let them in again', async () => {
    const store = createSessionStore(() => '/admin');
    await store.open({ me: unauthorized, lockState, setupNeeded: needed(false) });
    await store.open({ me: async () => ({ ok: true, value: user }), lockState, setupNeeded: needed(false) });
    expect(store.get()).toMatchObject({ kind: 'signed-in', landing: '/admin' });
  });

  it('tells guests from the first run', async () => {
    const store = createSessionStore(() => '/admin');
    await store.open({ me: unauthorized, lockState, setupNeeded: needed(true) });
    expect(store.get()).toEqual({ kind: 'setup' });
    await store.open({ me: unauthorized, lockState, setupNeeded: needed(false) });
    expect(store.get()).toEqual({ kind: 'guest', ended: false, returnTo: '/admin' });
  });

  it('does not take a silent server for a guest', async () => {
    const store = createSessionStore(() => '/');
    await store.open({ me: failed({ kind: 'unreachable' }), lockState, setupNeeded: needed(false) });
    expect(store.get()).toEqual({ kind: 'unknown', failure: { kind: 'unreachable' } });
    await store.open({
      me: unauthorized,
      lockState,
      setupNeeded: failed({ kind: 'unexpected', status: 500 }),
    });
    expect(store.get().kind).toBe('unknown');
  });

  it('comes back to the page on which the session ended', async () => {
    let path = '/admin/settings';
    const store = createSessionStore(() => path);
    store.signedIn(user);
    store.ended();
    expect(store.get()).toEqual({ kind: 'guest', ended: true, returnTo: '/admin/settings' });
    path = '/login';
    store.ended();
    expect(store.get()).toMatchObject({ returnTo: '/admin/settings' });
    await store.open({ me: unauthorized, lockState, setupNeeded: needed(false) });
    expect(store.get(), 'another page asked').toEqual({
      kind: 'guest',
      ended: true,
      returnTo: '/admin/settings',
    });
    store.signedIn(user);
    expect(store.get()).toMatchObject({ landing: '/admin/settings' });
  });

  it('starts afresh after a sign-out by choice', () => {
    const store = createSessionStore(() => '/admin');
    store.signedIn(user);
    store.signedOut();
    expect(store.get()).toEqual({ kind: 'guest', ended: false, returnTo: '/' });
  });

  it('takes over a changed role and tells listeners', () => {
    const store = createSessionStore(() => '/');
    const listener = vi.fn();
    store.changed(user);
    expect(store.get().kind).toBe('loading');
    store.signedIn(user);
    const unsubscribe = store.subscribe(listener);
    store.changed({ ...user, is_admin: false });
    expect(store.get()).toMatchObject({ user: { is_admin: false } });
    unsubscribe();
    store.signedOut();
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('what is refused', () => {
  it('counts for the session that was there when the request began', () => {
    const store = createSessionStore(() => '/');
    store.signedIn(user);
    refusalsHeardBy(store)().onSessionEnded();
    expect(store.get()).toMatchObject({ kind: 'guest', ended: true });
  });

  it.each(['onSessionEnded', 'onHistoryClosed', 'onNotOpen'] as const)(
    '%s: not for one that somebody came in with meanwhile',
    (listener) => {
      const store = createSessionStore(() => '/');
      const before = refusalsHeardBy(store)();
      store.signedIn(user);
      before[listener]?.();
      expect(store.get().kind).toBe('signed-in');
    },
  );
});

describe('takeSetupToken', () => {
  const take = (hash: string) => {
    const replaceState = vi.fn();
    return [
      takeSetupToken({ hash, pathname: '/setup', search: '' }, { replaceState }),
      replaceState,
    ] as const;
  };

  it('takes the token out of the address', () => {
    const [token, replaceState] = take('#token=aB-_9');
    expect(token).toBe('aB-_9');
    expect(replaceState).toHaveBeenCalledWith(null, '', '/setup');
  });

  it.each(['', '#', '#token=', '#other=1', `#token=${'x'.repeat(501)}`])('finds none in %j', (hash) => {
    const [token, replaceState] = take(hash);
    expect(token).toBeNull();
    expect(replaceState).not.toHaveBeenCalled();
  });
});

describe('desktopSetupToken', () => {
  it('asks the desktop shell, and survives its absence and its failure', async () => {
    expect(await desktopSetupToken({ setupToken: async () => 'abc' })).toBe('abc');
    expect(await desktopSetupToken({ setupToken: async () => null })).toBeNull();
    expect(await desktopSetupToken({ setupToken: () => Promise.reject(new Error('gone')) })).toBeNull();
    expect(await desktopSetupToken(undefined)).toBeNull();
  });
});
