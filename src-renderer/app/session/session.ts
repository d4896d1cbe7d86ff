import type { User } from '../../../src-shared/api/index.ts';
import type { Api } from '../api/api.ts';
import { type ApiFailure, refusedWith } from '../api/failure.ts';
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
  /** Known by the cookie, and the history waits for its owner. `user`: who was at work here when it closed. */
  | { readonly kind: 'closed'; readonly user: User | null }
  | { readonly kind: 'signed-in'; readonly user: User; readonly landing: string };

export interface SessionStore extends Store<Session> {
  /** Asks the server who is calling. */
  open(api: Pick<Api, 'me' | 'setupNeeded'>): Promise<void>;
  signedIn(user: User): void;
  /** Takes over a changed account, such as a changed role. */
  changed(user: User): void;
  /** The history has to be opened again; what stands in the page stays there meanwhile. */
  closed(): void;
  /** The history is open again, and everything where it was. */
  opened(user: User): void;
  /** The person signed out. */
  signedOut(): void;
  /** The server ended the session; a no-op for those who are not signed in. */
  ended(): void;
}

/** @param currentPath where the person is now, to come back after signing in again */
export function createSessionStore(currentPath: () => string): SessionStore {
  const store = createStore<Session>({ kind: 'loading' });
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
        store.set({ kind: 'signed-in', user: me.value, landing: '/' });
        return;
      }
      if (refusedWith(me.failure, 'history_closed')) {
        close();
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
      store.set({ kind: 'signed-in', user, landing: before.kind === 'guest' ? before.returnTo : '/' });
    },
    opened(user) {
      store.set({ kind: 'signed-in', user, landing: '/' });
    },
    changed(user) {
      const before = store.get();
      if (before.kind === 'signed-in') store.set({ ...before, user });
    },
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
