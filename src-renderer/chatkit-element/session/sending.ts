/** From the composer, a start prompt, the host or the queue to the server. */
import { ChatKitError } from '../errors.ts';
import { pendingQuestions } from '../state/questions.ts';
import type { Store } from '../state/store.ts';
import type { Uploads } from '../uploads/queue.ts';
import type { AppState } from './app-state.ts';
import type { Composing } from './composing.ts';
import { type Drafts, EMPTY_DRAFT, isEmptyDraft, type OutgoingMessage } from './drafts.ts';
import { type FollowUpQueue, type FollowUps, type HoldReason, unnamedKey } from './follow-ups.ts';
import { draftOf, type SendParams } from './params.ts';
import type { ThreadSession } from './session.ts';
import type { SessionState } from './session-state.ts';

/** What {@link Sending} works on. */
export interface SendingSetup {
  app: Store<AppState>;
  drafts: Drafts;
  followUps: FollowUps;
  uploads: Uploads;
  composing: Composing;
}

/** What became of a message that was written in the composer. */
export type DraftOutcome = 'sent' | 'queued' | 'refused';

/** Sends messages, and what waits in the queues of the threads. */
export class Sending {
  readonly #setup: SendingSetup;

  constructor(setup: SendingSetup) {
    this.#setup = setup;
  }

  /** Sends what is in the composer of the open thread; while a response runs there, it waits in the queue. */
  sendDraft(): DraftOutcome {
    const { app, drafts, followUps, uploads, composing } = this.#setup;
    const { session, tool, options } = app.get();
    const draft = drafts.get(session.threadId);
    if (uploads.holds(session.threadId) || isEmptyDraft(draft)) return 'refused';
    const message: OutgoingMessage = { draft, toolId: tool, model: composing.model };
    const waits = session.running;
    if (waits && !followUps.add(this.#key(session), message)) return 'refused';
    if (waits) drafts.set(session.threadId, EMPTY_DRAFT);
    else this.#send(session, message).catch(() => {});
    const chosen = options.composer?.tools?.find(({ id }) => id === tool);
    if (tool !== null && chosen?.persistent !== true) composing.selectTool(null);
    return waits ? 'queued' : 'sent';
  }

  /** What the host asks for, ready to be sent. Throws ChatKitError `configuration` when there is nothing in it. */
  messageOf(params: SendParams): OutgoingMessage {
    const draft = draftOf(params);
    if (isEmptyDraft(draft)) {
      throw new ChatKitError('configuration', 'sendUserMessage needs text, content or attachments.');
    }
    return {
      draft,
      toolId: params.toolChoice?.id ?? null,
      model: params.model ?? null,
    };
  }

  /** Sends it in the open thread. Rejects with `busy` while a response runs, and with why it could not be sent. */
  send(message: OutgoingMessage): Promise<void> {
    return this.#send(this.#setup.app.get().session, message);
  }

  /** What waits in the open thread. */
  get queue(): FollowUpQueue {
    return this.#setup.followUps.get(this.#openKey);
  }

  /** Lets the queue of the open thread go on: now, or after the response that runs. */
  sendQueue() {
    const { session } = this.#setup.app.get();
    const state = session.state.getSnapshot();
    if (state.load.kind !== 'ready' || blockedBy(state) !== null) return;
    this.#setup.followUps.release(this.#openKey);
    if (!session.running) this.#sendNext(session);
  }

  /** Brings a message of the queue back into the composer, in front of what stands there. */
  editQueued(key: string) {
    const { app, followUps, drafts, composing } = this.#setup;
    const message = followUps.take(this.#openKey, key);
    if (message === null) return;
    drafts.restore(app.get().session.threadId, message.draft);
    if (message.toolId !== null) composing.selectTool(message.toolId);
    if (message.model !== null) composing.selectModel(message.model);
  }

  /** Throws a message of the queue away, and the files that this page uploaded for it. */
  removeQueued(key: string) {
    const { followUps, uploads } = this.#setup;
    const message = followUps.take(this.#openKey, key);
    for (const { id } of message?.draft.attachments ?? []) uploads.discard(id);
  }

  /** Moves a message of the queue by one place; -1 is earlier. */
  moveQueued(key: string, by: -1 | 1) {
    this.#setup.followUps.move(this.#openKey, key, by);
  }

  /** A message was not sent: back to where it came from. Its queue is held when the turn ends, right after. */
  unsent(session: ThreadSession, message: OutgoingMessage) {
    const { followUps, drafts } = this.#setup;
    if (message.queued === true) followUps.putBack(this.#key(session), [message], 'failed');
    else drafts.restore(session.threadId, message.draft);
  }

  /** Sends what comes next after a turn that ended well, and holds the queue after any other. True when it goes on. */
  turnEnded(session: ThreadSession): boolean {
    const { followUps } = this.#setup;
    const state = session.state.getSnapshot();
    const reason = holdReason(state);
    if (reason !== null) followUps.hold(this.#key(session), reason);
    if (followUps.get(this.#key(session)).held !== null) return false;
    return this.#sendNext(session);
  }

  /** A session without an id leaves the screen while it runs: what waits goes with it, not to the next new thread. */
  left(session: ThreadSession) {
    if (session.threadId === null) this.#setup.followUps.rename('', unnamedKey(session.key));
  }

  /** A session that had {@link left} ended without ever getting an id. */
  lost(session: ThreadSession) {
    this.#setup.followUps.rename(unnamedKey(session.key), '');
  }

  /** The server has given a thread its id. */
  created(session: ThreadSession, threadId: string) {
    const isOpen = session === this.#setup.app.get().session;
    this.#setup.followUps.rename(isOpen ? '' : unnamedKey(session.key), threadId);
  }

  get #openKey(): string {
    return this.#key(this.#setup.app.get().session);
  }

  #key(session: ThreadSession): string {
    if (session.threadId !== null) return session.threadId;
    return session === this.#setup.app.get().session ? '' : unnamedKey(session.key);
  }

  #sendNext(session: ThreadSession): boolean {
    const { followUps } = this.#setup;
    const next = followUps.get(this.#key(session)).messages[0];
    if (next === undefined) return false;
    const message = followUps.take(this.#key(session), next.key);
    if (message === null) return false;
    session.send({ ...message, queued: true }).catch(() => {});
    return true;
  }

  async #send(session: ThreadSession, message: OutgoingMessage): Promise<void> {
    const { drafts } = this.#setup;
    const fromComposer = message.draft === drafts.get(session.threadId) && !session.running;
    const accepted = session.send(message);
    if (fromComposer) drafts.set(session.threadId, EMPTY_DRAFT);
    await accepted;
  }
}

/** Why a message cannot be sent in a thread at all. */
export function blockedBy({ transcript }: SessionState): 'locked' | 'questions' | null {
  if ((transcript.thread?.status ?? { type: 'active' }).type !== 'active') return 'locked';
  return pendingQuestions(transcript.items) === null ? null : 'questions';
}

function holdReason(state: SessionState): HoldReason | null {
  const blocked = blockedBy(state);
  if (blocked !== null) return blocked;
  if (state.failure !== null) return 'failed';
  return state.outcome === 'stopped' ? 'stopped' : null;
}
