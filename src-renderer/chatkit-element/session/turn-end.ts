/** What becomes of a thread when a turn in it has ended, well or not. */
import { ChatKitError } from '../errors.ts';
import type { Store } from '../state/store.ts';
import { dropUnconfirmed, endTurn } from '../state/transcript.ts';
import type { OutgoingMessage } from './drafts.ts';
import type { SessionState } from './session-state.ts';
import type { ThreadReader } from './thread-reader.ts';

/** A turn whose connection broke ends after so long, in milliseconds, also where the server does not answer any more. */
export const RESYNC_MS = 10_000;

/** How a turn ended, and the message that it began with. */
export interface TurnEnd {
  failure: ChatKitError | null;
  message: OutgoingMessage | null;
  stopped: boolean;
}

/**
 * Reads again what only the server knows: what it has of an answer whose connection broke, and whether what an edited
 * message replaces has gone. Never fails; takes {@link RESYNC_MS} at most.
 *
 * @param turn `gone` when nobody shows the thread any more
 */
export async function resync(
  turn: Omit<TurnEnd, 'stopped'> & { store: Store<SessionState>; reader: ThreadReader; gone: boolean },
): Promise<void> {
  const { store, reader, failure, message } = turn;
  const { threadId, transcript } = store.get();
  const broken = failure !== null && (failure.code === 'interrupted' || failure.code === 'network');
  const uncertain = message?.replaces !== undefined && transcript.unconfirmed !== null;
  if ((!broken && !uncertain) || threadId === null || turn.gone) return;
  await atMost(RESYNC_MS, reader.refresh(threadId, { all: uncertain })).catch(() => {});
}

/** The state after the turn. What the server has not confirmed is taken back. */
export function ended(state: SessionState, { failure, message, stopped }: TurnEnd): SessionState {
  const unsent = state.transcript.unconfirmed !== null;
  const transcript = endTurn(dropUnconfirmed(state.transcript));
  const lastUser = transcript.items.findLast((item) => item.type === 'user_message');
  const mayRetry = failure?.code !== 'stream' || transcript.error?.allowRetry === true;
  return {
    ...state,
    transcript,
    turn: { kind: 'idle' },
    outcome: failure !== null ? 'none' : stopped ? 'stopped' : 'finished',
    failure:
      failure === null
        ? null
        : {
            error: failure,
            kept: unsent ? backIn(message) : 'answer',
            retryAfter: mayRetry && !unsent && lastUser !== undefined ? lastUser.id : null,
          },
  };
}

/** The same promise, which rejects after so many milliseconds. */
function atMost<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ChatKitError('network', 'The server did not answer.')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Where a message is that was not sent. */
function backIn(message: OutgoingMessage | null): 'draft' | 'queue' | 'edit' {
  if (message?.replaces !== undefined) return 'edit';
  return message?.queued === true ? 'queue' : 'draft';
}
