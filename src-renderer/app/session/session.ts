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
  /**
   * The session was locked while the page held something of its owner: nothing of it is shown, and the page begins anew
   * before anybody can come back. `isAnswered`: false while the server says nothing, which that waits for.
   */
  | { readonly kind: 'locking'; readonly isAnswered: boolean }
  /** The session waits for its owner, and the page holds nothing of theirs. `person`: null until that is known. */
  | { readonly kind: 'locked'; readonly person: PersonTile | null }
  /** Known by the cookie, and the history waits for its owner. `user`: who was at work here when it closed. */
  | { readonly kind: 'closed'; readonly user: User | null }
  /** `mustSeal`: the account has to be sealed before anything else; what stands in the page waits for that. */
  | { readonly kind: 'signed-in'; readonly user: User; readonly landing: string; readonly mustSeal: boolean };

/** Whose page this is; null while it is nobody's. */
export function ownerOf(session: Session): string | null {
  return isHolding(session) ? (session.user?.id ?? null) : null;
}

/** Whether what the page shows of its person has to wait: for the history to be opened, or the account to be sealed. */
export function isWaiting(session: Session): boolean {
  return session.kind === 'closed' || (session.kind === 'signed-in' && session.mustSeal);
}

/** Whether the page holds something of a person, on the screen or behind it. */
export function isHolding(session: Session): session is Extract<Session, { kind: 'signed-in' | 'closed' }> {
  return session.kind === 'signed-in' || session.kind === 'closed';
}

export interface SessionStore extends Store<Session> {
  /** Asks the server who is calling. What became known meanwhile stands: an older answer changes nothing of it. */
  open(api: Pick<Api, 'me' | 'setupNeeded' | 'lockState'>): Promise<void>;
  signedIn(user: User): void;
  /** Takes over a changed account, such as a changed role. */
  changed(user: User): void;
  /** How often somebody has come in at this page. */
  entries(): number;
  /** The session was locked, by whomever; a no-op for a page that holds nothing of anybody. */
  locking(): void;
  /** The server said nothing when it was asked whether the page can begin anew. */
  lockingUnanswered(): void;
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
  /** How often it was asked, or became known, who is there: tells an answer that is still wanted from an old one. */
  let known = 0;
  let entries = 0;
  const become = (next: Session) => {
    known += 1;
    store.set(next);
  };

  const enter = (user: User, landing: string) => {
    if (owner !== null && owner !== user.id) {
      leave();
      return;
    }
    owner = user.id;
    entries += 1;
    become({ kind: 'signed-in', user, landing, mustSeal: false });
  };
  const whereTo = () => {
    const before = store.get();
    return before.kind === 'guest' ? before.returnTo : '/';
  };

  const setMustSeal = (mustSeal: boolean) => {
    const before = store.get();
    if (before.kind === 'signed-in' && before.mustSeal !== mustSeal) store.set({ ...before, mustSeal });
  };

  const close = () => {
    const before = store.get();
    if (before.kind === 'closed') return;
    become({ kind: 'closed', user: before.kind === 'signed-in' ? before.user : null });
  };
  return {
    ...store,
    closed: close,
    entries: () => entries,
    async open(api) {
      known += 1;
      const asked = known;
      const isOld = () => known !== asked;
      const me = await api.me();
      if (isOld()) return;
      if (me.ok) {
        enter(me.value, whereTo());
        return;
      }
      if (refusedWith(me.failure, 'history_closed')) {
        close();
        return;
      }
      if (me.failure.kind === 'refused' && me.failure.status === 423) {
        const lock = await api.lockState();
        if (isOld()) return;
        if (lock.ok && isHolding(store.get())) become({ kind: 'locking', isAnswered: true });
        else if (lock.ok)
          become({ kind: 'locked', person: lock.value.state === 'locked' ? lock.value.person : null });
        else become({ kind: 'unknown', failure: lock.failure });
        return;
      }
      if (me.failure.kind !== 'refused' || me.failure.status !== 401) {
        become({ kind: 'unknown', failure: me.failure });
        return;
      }
      const needed = await api.setupNeeded();
      if (isOld()) return;
      if (!needed.ok) become({ kind: 'unknown', failure: needed.failure });
      else if (needed.value) become({ kind: 'setup' });
      // Who is a guest already stays one: why, and where they were, is still to be told.
      else if (store.get().kind !== 'guest') become({ kind: 'guest', ended: false, returnTo: currentPath() });
    },
    signedIn: (user) => enter(user, whereTo()),
    opened(user) {
      enter(user, '/');
    },
    changed(user) {
      const before = store.get();
      if (before.kind === 'signed-in') store.set({ ...before, user });
    },
    locking() {
      if (isHolding(store.get())) become({ kind: 'locking', isAnswered: true });
    },
    lockingUnanswered() {
      if (store.get().kind === 'locking') become({ kind: 'locking', isAnswered: false });
    },
    sealingRequired: () => setMustSeal(true),
    sealingSettled: () => setMustSeal(false),
    signedOut() {
      become({ kind: 'guest', ended: false, returnTo: '/' });
    },
    ended() {
      if (isHolding(store.get())) {
        become({ kind: 'guest', ended: true, returnTo: currentPath() });
      }
    },
  };
}

/**
 * What the server refuses because of who is at the page, and in which state, is the session's to know. Call it when a
 * request begins: what is refused to a session that somebody has come in anew after, by unlocking for example, says
 * nothing about theirs.
 */
export function refusalsHeardBy(session: SessionStore): () => RefusalListeners {
  return () => {
    const begun = session.entries();
    const hear = (act: () => void) => () => {
      if (session.entries() === begun) act();
    };
    return {
      onSessionEnded: hear(session.ended),
      onHistoryClosed: hear(session.closed),
      onMustSeal: hear(session.sealingRequired),
      onNotOpen: hear(session.locking),
    };
  };
}
