/**
 * Keeps the page in step with the lock of its session. The server decides; the page tells it what the person does, asks
 * often enough to notice, and takes everything away the moment it has to.
 */
import type { Api } from '../api/api.ts';
import { isHolding, type SessionStore } from '../session/session.ts';

/** How often the server is told, at most, that the person does something, in milliseconds. */
const REPORT_MS = 10_000;
/** How often the state is asked for while the page is open, and while it is locked. */
const CHECK_OPEN_MS = 10_000;
const CHECK_LOCKED_MS = 3_000;
const TICK_MS = 1_000;
/** Until the chat has left the document and handed over what was not saved. */
const SETTLE_MS = 50;
/** How long locking waits for half-written messages to be saved. */
const SAVING_MS = 1_500;

/** Other pages of the same browser. They hear that something changed, and look for themselves. */
export interface OtherPages {
  tell(): void;
  /** @returns stops listening */
  listen(listener: () => void): () => void;
}

export interface LockWatchParts {
  readonly api: Pick<Api, 'lockState' | 'lock' | 'active' | 'draftsSettled' | 'me' | 'setupNeeded'>;
  readonly session: SessionStore;
  readonly otherPages: OtherPages;
  /** Where input happens. */
  readonly document: Document;
  /** Loads the page anew: what it held is gone from memory, not only from the screen. */
  readonly reload: () => void;
  readonly now?: () => number;
}

export interface LockWatch {
  /** Locks this page and its session at once. Resolves when the server knows, or could not be told yet. */
  lock(): Promise<void>;
  /** Begins to watch. @returns stops */
  start(): () => void;
}

const INPUT = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export function createLockWatch(parts: LockWatchParts): LockWatch {
  const { api, session, otherPages, document, reload } = parts;
  const now = parts.now ?? (() => Date.now());
  let lastInput = 0;
  let reported = 0;
  let nextCheck = 0;
  /** When the server will lock, as it last said; null when it will not. */
  let deadline: number | null = null;
  let checking = false;
  /** Something changed while the state was asked for: the answer may be from before. */
  let outdated = false;
  /** The page was locked, and the server does not know yet. */
  let untold = false;

  const learn = (locksInMs: number | null) => {
    deadline = locksInMs === null ? null : now() + locksInMs;
    const soon = locksInMs === null ? CHECK_OPEN_MS : Math.min(CHECK_OPEN_MS, locksInMs + 100);
    nextCheck = now() + soon;
  };

  const report = async () => {
    reported = now();
    const answer = await api.active();
    if (answer.ok) learn(answer.value.locks_in_ms);
  };

  const input = (event: Event) => {
    // Typing the password that opens the history is doing something, too.
    if (!event.isTrusted || !isHolding(session.get())) return;
    lastInput = now();
    if (lastInput - reported >= REPORT_MS) void report();
  };

  const check = async (): Promise<void> => {
    if (checking) {
      outdated = true;
      return;
    }
    checking = true;
    outdated = false;
    nextCheck = now() + (session.get().kind === 'locked' ? CHECK_LOCKED_MS : CHECK_OPEN_MS);
    const answer = await api.lockState();
    checking = false;
    if (outdated) {
      await check();
      return;
    }
    const current = session.get();
    if (isHolding(current) && answer.ok) {
      const isOthers = (id: string) => current.user !== null && current.user.id !== id;
      if (answer.value.state === 'locked' || isOthers(answer.value.user_id)) session.locking();
      else if (current.kind === 'signed-in') learn(answer.value.locks_in_ms);
    } else if (current.kind === 'signed-in' && !answer.ok) {
      if (answer.failure.kind !== 'refused' && deadline !== null && now() >= deadline) {
        // Nobody can say whether it is locked by now, so it is.
        untold = true;
        session.locking();
      }
    } else if (current.kind === 'locked') {
      const isOver = !answer.ok && answer.failure.kind === 'refused';
      if (isOver || (answer.ok && answer.value.state === 'open')) await session.open(api);
    }
  };

  const tellServer = async (): Promise<void> => {
    const told = await api.lock();
    // Refused: it is locked already, or over.
    if (!told.ok && told.failure.kind !== 'refused') return;
    untold = false;
    otherPages.tell();
  };

  /** The page was open and is locked now: saves what can be saved, then begins anew with an empty memory. */
  const leave = async (): Promise<void> => {
    await wait(SETTLE_MS);
    await Promise.race([api.draftsSettled(), wait(SAVING_MS)]);
    for (;;) {
      if (untold) await tellServer();
      const answer = untold ? null : await api.lockState();
      if (answer !== null && (answer.ok || answer.failure.kind === 'refused')) break;
      session.lockingUnanswered();
      await wait(CHECK_LOCKED_MS);
    }
    reload();
  };

  return {
    async lock() {
      if (session.get().kind !== 'signed-in') return;
      untold = true;
      session.locking();
    },

    start() {
      let before = session.get().kind;
      const changed = () => {
        const kind = session.get().kind;
        if (kind === before) return;
        const was = before;
        before = kind;
        if (kind === 'locking') void leave();
        else if (kind === 'signed-in') {
          otherPages.tell();
          void check();
        } else if (was === 'signed-in') otherPages.tell();
      };
      const tick = () => {
        const current = session.get();
        const holds = isHolding(current);
        if (!holds && current.kind !== 'locked') return;
        if (holds && lastInput > reported && now() - reported >= REPORT_MS) void report();
        else if (now() >= nextCheck && !checking) void check();
      };
      const look = () => {
        if (document.visibilityState === 'visible') void check();
      };
      const heard = () => {
        const { kind } = session.get();
        if (kind === 'signed-in' || kind === 'locked') void check();
        // One that is asked for may have been answered before.
        else if (kind !== 'locking') void session.open(api);
      };
      const options = { capture: true, passive: true };
      for (const name of INPUT) document.addEventListener(name, input, options);
      document.addEventListener('visibilitychange', look);
      const stops = [session.subscribe(changed), otherPages.listen(heard)];
      const timer = setInterval(tick, TICK_MS);
      return () => {
        clearInterval(timer);
        for (const name of INPUT) document.removeEventListener(name, input, options);
        document.removeEventListener('visibilitychange', look);
        for (const stop of stops) stop();
      };
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Pages of the same origin in the same browser, told apart by nothing. */
export function pagesOfThisBrowser(): OtherPages {
  const channel = new BroadcastChannel('foyer-lock');
  return {
    tell: () => channel.postMessage(null),
    listen(listener) {
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}
