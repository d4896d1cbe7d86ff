import type { PersonTile, User } from '../../../src-shared/api/index.ts';
import type { Api } from '../api/api.ts';
import { type ApiFailure, refusedWith } from '../api/failure.ts';
import type { RefusalListeners } from '../api/refusals.ts';
import { createStore, type Store } from '../ui/store.ts';

/** Who sits in front of this page, as far as it knows. */
export type Session =
  | { readonly kind: 'loading' }
  /** The server could not say; the page offers to ask again. */
  | { readonly kind: 'unknown'; readonly failure: ApiFailure }
  /** Nobody has an account yet. */
  | { readonly kind: 'setup' }
  /** `returnTo`: the page to show after signing in. `ended`: signed out by the server, not by choice. */
  | { readonly kind: 'guest'; readonly ended: boolean; readonly returnTo: string }
  /** The session waits for its owner, and the page shows nothing of theirs. `person`: null until that is known. */
  | { readonly kind: 'locked'; readonly person: PersonTile | null }
  /** Known by the cookie, and the history waits for its owner. `user`: who was at work here when it closed. */
  | { readonly kind: 'closed'; readonly user: User | null }
  /** `mustSeal`: the account has to be sealed before anything else; what stands in the page waits for that. */
  | { readonly kind: 'signed-in'; readonly user: User; readonly landing: string; readonly mustSeal: boolean };

/** Whose page this is; null while it is nobody's. */
export function ownerOf(session: Session): string | null {
  return session.kind === 'signed-in' || session.kind === 'closed' ? (session.user?.id ?? null) : null;
}

/** Whether what the page shows of its person has to wait: for the history to be opened, or the account to be sealed. */
export function isWaiting(session: Session): boolean {
  return session.kind === 'closed' || (session.kind === 'signed-in' && session.mustSeal);
}

export interface SessionStore extends Store<Session> {
  /** Asks the server who is calling. */
  open(api: Pick<Api, 'me' | 'setupNeeded' | 'lockState'>): Promise<void>;
  signedIn(user: User): void;
  /** Takes over a changed account, such as a changed role. */
  changed(user: User): void;
  /** The session was locked, by whomever. */
  locked(person: PersonTile | null): void;
  /** The history has to be opened again; what stands in the page stays there meanwhile. */
  closed(): void;
  /** The history is open again, and everything where it was. */
  opened(user: User): void;
  /** The server does nothing for the person before the account is sealed; a no-op for those who are not signed in. */
  sealingRequired(): void;
  /** The account is sealed, or does not have to be any more. */
  sealingSettled(): void;
  /** The person signed out. */
  signedOut(): void;
  /** The server ended the session; a no-op for those who are not signed in. */
  ended(): void;
}

/**
 * @param currentPath where the person is now, to come back after signing in again
 * @param leave loads Foyer anew: what a page has held of one person is never shown to, or sent for, another
 */
export function createSessionStore(
  currentPath: () => string,
  leave: () => void = () => undefined,
): SessionStore {
  const store = createStore<Session>({ kind: 'loading' });
  /** Whose page this has been. */
  let owner: string | null = null;

  const enter = (user: User, landing: string) => {
    if (owner !== null && owner !== user.id) {
      leave();
      return;
    }
    owner = user.id;
    store.set({ kind: 'signed-in', user, landing, mustSeal: false });
  };

  const setMustSeal = (mustSeal: boolean) => {
    const before = store.get();
    if (before.kind === 'signed-in' && before.mustSeal !== mustSeal) store.set({ ...before, mustSeal });
  };

  const close = () => {
    const before = store.get();
    if (before.kind === 'closed') return;
    store.set({ kind: 'closed', user: before.kind === 'signed-in' ? before.user : null });
  };
  return {
    ...store,
    closed: close,
    async open(api) {
      const me = await api.me();
      if (me.ok) {
        enter(me.value, '/');
        return;
      }
      if (refusedWith(me.failure, 'history_closed')) {
        close();
        return;
      }
      if (me.failure.kind === 'refused' && me.failure.status === 423) {
        const lock = await api.lockState();
        if (lock.ok)
          store.set({ kind: 'locked', person: lock.value.state === 'locked' ? lock.value.person : null });
        else store.set({ kind: 'unknown', failure: lock.failure });
        return;
      }
      if (me.failure.kind !== 'refused' || me.failure.status !== 401) {
        store.set({ kind: 'unknown', failure: me.failure });
        return;
      }
      const needed = await api.setupNeeded();
      if (!needed.ok) store.set({ kind: 'unknown', failure: needed.failure });
      else if (needed.value) store.set({ kind: 'setup' });
      else store.set({ kind: 'guest', ended: false, returnTo: currentPath() });
    },
    signedIn(user) {
      const before = store.get();
      enter(user, before.kind === 'guest' ? before.returnTo : '/');
    },
    opened(user) {
      enter(user, '/');
    },
    changed(user) {
      const before = store.get();
      if (before.kind === 'signed-in') store.set({ ...before, user });
    },
    locked(person) {
      store.set({ kind: 'locked', person });
    },
    sealingRequired: () => setMustSeal(true),
    sealingSettled: () => setMustSeal(false),
    signedOut() {
      store.set({ kind: 'guest', ended: false, returnTo: '/' });
    },
    ended() {
      if (['signed-in', 'closed'].includes(store.get().kind)) {
        store.set({ kind: 'guest', ended: true, returnTo: currentPath() });
      }
    },
  };
}

/** What the server refuses because of who is at the page, and in which state, is the session's to know. */
export function refusalsHeardBy(session: SessionStore): RefusalListeners {
  return {
    onSessionEnded: () => session.ended(),
    onHistoryClosed: () => session.closed(),
    onMustSeal: () => session.sealingRequired(),
    onNotOpen: () => {
      if (ownerOf(session.get()) !== null) session.locked(null);
    },
  };
}
