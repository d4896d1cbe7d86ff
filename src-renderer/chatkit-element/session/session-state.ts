import type { ChatKitError } from '../errors.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from '../state/transcript.ts';

/** Why the last turn ended badly, what is left of it and what can be done. */
export interface Failure {
  error: ChatKitError;
  /**
   * `draft`: the message was not sent and is back in the composer. `queue`: it is back in the queue. `edit`: the edited
   * message was not sent, it is there to be sent again, and what it would have replaced is there too. `answer`: what had
   * arrived stays.
   */
  kept: 'draft' | 'queue' | 'edit' | 'answer';
  /** The user message to retry after, when a retry makes sense. */
  retryAfter: string | null;
}

export type LoadState = { kind: 'ready' } | { kind: 'loading' } | { kind: 'failed'; error: ChatKitError };

/** Items older than the ones on screen. */
export type OlderState = { kind: 'none' } | { kind: 'more' | 'loading' | 'failed'; after: string };

export type TurnState = { kind: 'idle' } | { kind: 'running'; stage: TurnStage };

/**
 * `waiting`: nothing of the answer is there yet. `tool`: the page is working for the assistant. `lost`: the connection
 * broke, and the page tries to go on.
 */
export type TurnStage = 'waiting' | 'answering' | 'tool' | 'lost';

/** Everything that the page shows of one thread. */
export interface SessionState {
  /** Null until the server has created the thread. */
  threadId: string | null;
  load: LoadState;
  transcript: Transcript;
  older: OlderState;
  turn: TurnState;
  failure: Failure | null;
  /** How the last turn of this session ended, for the status announcement. */
  outcome: 'none' | 'finished' | 'stopped';
  /** Counts the turns started here; a change asks the page to bring the newest turn into view. */
  turnsStarted: number;
  /** The last one began by itself, from the queue or after a reload: whoever reads further up is left in peace. */
  startedByItself: boolean;
  /** The item that is to be brought on screen once: somebody looks for it. */
  sought: { itemId: string } | null;
  /** Thumbs by turn key. */
  feedback: Readonly<Record<string, 'positive' | 'negative'>>;
}

export function initialSessionState(threadId: string | null): SessionState {
  return {
    threadId,
    load: threadId === null ? { kind: 'ready' } : { kind: 'loading' },
    transcript: EMPTY_TRANSCRIPT,
    older: { kind: 'none' },
    turn: { kind: 'idle' },
    failure: null,
    outcome: 'none',
    turnsStarted: 0,
    startedByItself: false,
    sought: null,
    feedback: {},
  };
}

/** Without one of the notices of the turn. */
export function withoutNotice(state: SessionState, key: string): SessionState {
  const notices = state.transcript.notices.filter((notice) => notice.key !== key);
  return { ...state, transcript: { ...state.transcript, notices } };
}

/** With another title; nothing changes before the server has created the thread. */
export function withTitle(state: SessionState, title: string): SessionState {
  const { thread } = state.transcript;
  if (thread === null) return state;
  return { ...state, transcript: { ...state.transcript, thread: { ...thread, title } } };
}

/** Older items were to be found before a message that has gone: they are before the one in its place. */
export function withCursorAtFirst(state: SessionState): SessionState {
  const [first] = state.transcript.items;
  if (state.older.kind === 'none' || first === undefined) return state;
  return { ...state, older: { ...state.older, after: first.id } };
}
