import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSessionStore } from '../session/session.ts';
import { ada, adaTile, bob, done, fakeApi, refused, unreachable } from '../testing/fake-api.ts';
import { createLockWatch } from './lock-watch.ts';
import { isLockKey, lockKeys } from './lock-wishes.ts';
import { switchingIn } from './switching.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const open = (locks_in_ms: number | null, user_id = ada.id) =>
  done({ state: 'open' as const, user_id, locks_in_ms });
const locked = done({ state: 'locked' as const, person: adaTile });

function start(api = fakeApi()) {
  const leave = vi.fn();
  const session = createSessionStore(() => '/', leave);
  const heard = new Set<() => void>();
  const tell = vi.fn();
  const reload = vi.fn();
  const watch = createLockWatch({
    api,
    session,
    otherPages: {
      tell,
      listen(listener) {
        heard.add(listener);
        return () => heard.delete(listener);
      },
    },
    document,
    reload,
  });
  const stop = watch.start();
  return {
    api,
    session,
    watch,
    stop,
    tell,
    reload,
    leave,
    otherPageTells: () => heard.forEach((listener) => void listener()),
  };
}

/** What a person does, as opposed to a script: jsdom makes only untrusted events. */
function input(type: string): void {
  const event = new Event(type, { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  document.dispatchEvent(event);
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a page that is open', () => {
  it('tells the server what the person does, often enough and no oftener', async () => {
    const { api, session, stop } = start();
    input('keydown');
    expect(api.active, 'nobody is signed in').not.toHaveBeenCalled();
    session.signedIn(ada);
    document.dispatchEvent(new Event('keydown'));
    expect(api.active, 'a script is nobody').not.toHaveBeenCalled();
    for (let i = 0; i < 30; i += 1) input('keydown');
    expect(api.active).toHaveBeenCalledOnce();
    await pass(5_000);
    input('wheel');
    await pass(6_000);
    expect(api.active, 'the last input counts, later').toHaveBeenCalledTimes(2);
    await pass(60_000);
    expect(api.active).toHaveBeenCalledTimes(2);
    stop();
  });

  it('tells it also of somebody who types what opens the history, or seals the account', async () => {
    const { api, session, stop } = start();
    session.signedIn(ada);
    session.closed();
    input('keydown');
    expect(api.active).toHaveBeenCalledOnce();
    await pass(5_000);
    input('keydown');
    await pass(6_000);
    expect(api.active, 'the last input counts, later').toHaveBeenCalledTimes(2);
    session.opened(ada);
    session.sealingRequired();
    await pass(10_000);
    input('keydown');
    expect(api.active).toHaveBeenCalledTimes(3);
    session.locking();
    await pass(10_000);
    input('keydown');
    expect(api.active, 'a locked page is nobody’s').toHaveBeenCalledTimes(3);
    stop();
  });

  it('asks when the time is over, and takes everything away when it is locked', async () => {
    const { api, session, reload, stop } = start(fakeApi({ lockState: async () => open(4_000) }));
    session.signedIn(ada);
    await pass(0);
    api.lockState.mockResolvedValue(locked);
    await pass(3_900);
    expect(session.get().kind).toBe('signed-in');
    await pass(1_200);
    expect(session.get()).toEqual({ kind: 'locking', isAnswered: true });
    await pass(2_000);
    expect(reload, 'and what it held leaves the memory').toHaveBeenCalledOnce();
    stop();
  });

  it('stays open when another page of the person is used', async () => {
    const { session, stop } = start(fakeApi({ lockState: async () => open(4_000) }));
    session.signedIn(ada);
    await pass(60_000);
    expect(session.get().kind).toBe('signed-in');
    stop();
  });

  it('locks by itself when the time is over and nobody can be asked, and loads anew only when somebody can', async () => {
    const { api, session, reload, stop } = start(fakeApi({ lockState: async () => open(4_000) }));
    session.signedIn(ada);
    await pass(0);
    api.lockState.mockResolvedValue(unreachable);
    api.lock.mockResolvedValue(unreachable);
    await pass(6_000);
    expect(session.get().kind).toBe('locking');
    await pass(30_000);
    expect(reload).not.toHaveBeenCalled();
    expect(session.get(), 'and says why it waits').toEqual({ kind: 'locking', isAnswered: false });
    api.lock.mockResolvedValue(done(undefined));
    api.lockState.mockResolvedValue(locked);
    await pass(4_000);
    expect(reload).toHaveBeenCalledOnce();
    stop();
  });

  it('takes what stands behind a closed history away when the session is locked', async () => {
    const { api, session, reload, stop } = start();
    session.signedIn(ada);
    session.closed();
    await pass(0);
    expect(session.get().kind).toBe('closed');
    api.lockState.mockResolvedValue(locked);
    await pass(15_000);
    expect(session.get().kind).toBe('locking');
    expect(reload).toHaveBeenCalledOnce();
    stop();
  });

  it('looks at once when it is shown again', async () => {
    const { api, session, stop } = start();
    session.signedIn(ada);
    await pass(0);
    api.lockState.mockResolvedValue(locked);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(session.get().kind).toBe('locking');
    stop();
  });

  it('shows nothing of one person when another one has come in through another page', async () => {
    const { api, session, otherPageTells, leave, stop } = start();
    session.signedIn(ada);
    await pass(0);
    api.lockState.mockResolvedValue(open(null, bob.id));
    api.me.mockResolvedValue(done(bob));
    otherPageTells();
    await pass(0);
    expect(session.get().kind).toBe('locking');
    session.signedIn(bob);
    expect(leave).toHaveBeenCalledOnce();
    expect(session.get().kind).toBe('locking');
    stop();
  });
});

describe('locking', () => {
  it('takes everything away first, saves what is half written, tells the server, then the other pages', async () => {
    const order: string[] = [];
    const api = fakeApi({
      draftsSettled: async () => void order.push('drafts'),
      lock: async () => {
        order.push('lock');
        return done(undefined);
      },
    });
    const { session, watch, tell, reload, stop } = start(api);
    tell.mockImplementation(() => order.push('tell'));
    reload.mockImplementation(() => order.push('reload'));
    session.signedIn(ada);
    await pass(0);
    order.length = 0;
    void watch.lock();
    expect(session.get()).toEqual({ kind: 'locking', isAnswered: true });
    await pass(5_000);
    expect(order).toEqual(['drafts', 'lock', 'tell', 'reload']);
    stop();
  });

  it('does not wait for a draft that cannot be saved', async () => {
    const { session, watch, reload, stop } = start(
      fakeApi({ draftsSettled: () => new Promise(() => undefined) }),
    );
    session.signedIn(ada);
    await watch.lock();
    await pass(2_000);
    expect(reload).toHaveBeenCalledOnce();
    stop();
  });

  it('does nothing where nobody is', async () => {
    const { api, session, watch, stop } = start();
    await watch.lock();
    expect(session.get().kind).toBe('loading');
    expect(api.lock).not.toHaveBeenCalled();
    stop();
  });
});

describe('a page that is locked', () => {
  it('opens with another page of the same person, and lets go when the session is over', async () => {
    const api = fakeApi({ me: async () => refused(423, 'locked'), lockState: async () => locked });
    const { session, stop } = start(api);
    await session.open(api);
    expect(session.get()).toEqual({ kind: 'locked', person: adaTile });
    await pass(10_000);
    expect(session.get().kind).toBe('locked');
    api.lockState.mockResolvedValue(open(null));
    api.me.mockResolvedValue(done(ada));
    await pass(4_000);
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
    stop();

    const over = start(fakeApi({ me: async () => refused(423, 'locked'), lockState: async () => locked }));
    await over.session.open(over.api);
    over.api.lockState.mockResolvedValue(refused(401, 'unauthorized'));
    over.api.me.mockResolvedValue(refused(401, 'unauthorized'));
    await pass(4_000);
    expect(over.session.get().kind).toBe('guest');
    over.stop();
  });

  it('looks again when it hears of another page while it looks', async () => {
    const api = fakeApi({ me: async () => refused(423, 'locked'), lockState: async () => locked });
    const { session, otherPageTells, stop } = start(api);
    await session.open(api);
    const before = Promise.withResolvers<typeof locked>();
    api.lockState.mockReturnValueOnce(before.promise);
    await pass(4_000);
    api.lockState.mockResolvedValue(open(null));
    api.me.mockResolvedValue(done(ada));
    otherPageTells();
    before.resolve(locked);
    await pass(0);
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
    stop();
  });
});

describe('a page that does not know yet who is there', () => {
  it('asks anew when it hears of another page, and takes no answer from before', async () => {
    const guest = refused(401, 'unauthorized');
    const before = Promise.withResolvers<typeof guest>();
    const api = fakeApi({ me: async () => done(ada) });
    api.me.mockReturnValueOnce(before.promise);
    const { session, otherPageTells, stop } = start(api);
    const opened = session.open(api);
    otherPageTells();
    await pass(0);
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
    before.resolve(guest);
    await opened;
    expect(session.get().kind).toBe('signed-in');
    stop();
  });
});

describe('wishes', () => {
  const key = (over: Partial<KeyboardEvent>) => ({
    ctrlKey: false,
    metaKey: false,
    shiftKey: true,
    altKey: false,
    key: 'L',
    ...over,
  });

  it.each([
    [{ ctrlKey: true }, true],
    [{ metaKey: true }, true],
    [{ metaKey: true, key: 'l' }, true],
    [{}, false],
    [{ ctrlKey: true, shiftKey: false }, false],
    [{ ctrlKey: true, altKey: true }, false],
    [{ ctrlKey: true, metaKey: true }, false],
    [{ ctrlKey: true, key: 'k' }, false],
  ])('%j: %s', (over, locks) => {
    expect(isLockKey(key(over))).toBe(locks);
  });

  it('are written as the keyboard has them', () => {
    expect(lockKeys('MacIntel')).toBe('⇧⌘L');
    expect(lockKeys('Linux x86_64')).toBe('Ctrl+Shift+L');
  });

  it('to switch outlive the page, and end when somebody is in', () => {
    switchingIn(sessionStorage).wish();
    expect(switchingIn(sessionStorage).wished()).toBe(true);
    switchingIn(sessionStorage).done();
    expect(switchingIn(sessionStorage).wished()).toBe(false);
    expect(sessionStorage).toHaveLength(0);
  });
});
