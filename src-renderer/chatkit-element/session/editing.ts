/** Messages that were sent and are being changed; at most one in each thread. What stands there is kept until it is sent. */
import type { UserMessageItem } from '../../../src-shared/chatkit/index.ts';
import { createStore, type ReadableStore, type Store } from '../state/store.ts';
import type { AppState } from './app-state.ts';
import { type Draft, type Drafts, isEmptyDraft } from './drafts.ts';
import type { ThreadSession } from './session.ts';
import type { SessionState } from './session-state.ts';

/** What is kept of a message that is being changed. */
export interface KeptEdit {
  /** The message as it was sent. */
  readonly itemId: string;
  readonly draft: Draft;
  /** What was chosen for the message when it was sent. */
  readonly toolId: string | null;
  readonly model: string | null;
}

/** One message that is being changed. */
export interface Edit extends KeptEdit {
  /** Something has been changed: it is worth keeping. */
  readonly changed: boolean;
  /** On its way to the server, which has not said yet whether it takes it. */
  readonly sending: boolean;
  /** Just begun: the focus goes into the message. */
  readonly fresh: boolean;
  /** Where the focus was: it goes back there. */
  readonly from: 'message' | 'composer';
}

/** What {@link createEditing} works on. */
export interface EditingSetup {
  readonly app: Store<AppState>;
  readonly drafts: Drafts;
  /** The model that is chosen now, which answers the edited message. */
  readonly model: () => string | null;
}

/** Edits by thread, for as long as the element is mounted. The draft in the composer has nothing to do with them. */
export interface Editing extends ReadableStore<ReadonlyMap<string, Edit>> {
  /** The edit of a thread, or null. */
  get(threadId: string | null): Edit | null;
  /** Begins to change a message of the open thread, or goes on with one there that has been changed already. */
  start(item: UserMessageItem, from: Edit['from']): void;
  /** Begins with the newest message of the person in the open thread. False when there is none that can be changed. */
  startWithLast(): boolean;
  write(change: Partial<Draft>): void;
  /** The focus is in the message of a thread. */
  focused(threadId: string): void;
  /** Leaves the message of the open thread as it was sent. */
  cancel(): void;
  /** Sends what stands there. False when that is not possible now; nothing changes then. */
  send(): boolean;
  /** Brings back what was kept of a thread, unless something is being changed there. */
  restore(threadId: string, kept: KeptEdit): void;
  /** The server does not have the edited message of a thread: it can be sent again. */
  unsent(session: ThreadSession): void;
  /** After a turn or new items: words that have lost their place are not lost. */
  settle(session: ThreadSession): void;
  /** The thread is gone. */
  forget(threadId: string): void;
}

/** Whether a message of a thread can be changed as things are. */
export function mayEdit(state: SessionState): boolean {
  const status = state.transcript.thread?.status ?? { type: 'active' };
  return state.turn.kind === 'idle' && state.load.kind === 'ready' && status.type === 'active';
}

export function createEditing({ app, drafts, model }: EditingSetup): Editing {
  const store = createStore<ReadonlyMap<string, Edit>>(new Map());
  const get = (threadId: string | null) => (threadId === null ? null : (store.get().get(threadId) ?? null));
  const set = (threadId: string, edit: Edit) => store.update((edits) => new Map(edits).set(threadId, edit));
  const forget = (threadId: string) => {
    if (!store.get().has(threadId)) return;
    store.update((edits) => new Map([...edits].filter(([key]) => key !== threadId)));
  };

  function start(item: UserMessageItem, from: Edit['from']) {
    const { session, options } = app.get();
    if (session.threadId === null || !options.api.edit || !mayEdit(session.state.getSnapshot())) return;
    const { items } = session.state.getSnapshot().transcript;
    const before = get(session.threadId);
    if (before !== null && (before.changed || before.itemId === item.id)) {
      if (items.some(({ id }) => id === before.itemId)) {
        set(session.threadId, { ...before, fresh: true, from });
        return;
      }
      drafts.restore(session.threadId, before.draft);
    }
    const { content, attachments, quoted_text, inference_options } = item;
    set(session.threadId, {
      itemId: item.id,
      draft: { content, attachments, reply: quoted_text ?? null },
      toolId: inference_options.tool_choice?.id ?? null,
      model: inference_options.model ?? null,
      changed: false,
      sending: false,
      fresh: true,
      from,
    });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    get,
    start,
    startWithLast() {
      const { session, options } = app.get();
      const state = session.state.getSnapshot();
      if (!options.api.edit || !mayEdit(state)) return false;
      const item = state.transcript.items.findLast((each) => each.type === 'user_message');
      if (item?.type !== 'user_message') return false;
      start(item, 'composer');
      return true;
    },
    write(change) {
      const { threadId } = app.get().session;
      const edit = get(threadId);
      if (threadId === null || edit === null || edit.sending) return;
      set(threadId, { ...edit, changed: true, draft: { ...edit.draft, ...change } });
    },
    focused(threadId) {
      const edit = get(threadId);
      if (edit?.fresh === true) set(threadId, { ...edit, fresh: false });
    },
    cancel() {
      const { session } = app.get();
      if (session.threadId === null) return;
      forget(session.threadId);
      session.dismissUnsentEdit();
    },
    send() {
      const { session } = app.get();
      const { threadId } = session;
      const edit = get(threadId);
      if (threadId === null || edit === null || isEmptyDraft(edit.draft)) return false;
      if (!mayEdit(session.state.getSnapshot())) return false;
      set(threadId, { ...edit, sending: true });
      const message = { draft: edit.draft, toolId: edit.toolId, model: model() ?? edit.model };
      // The session shows and reports why not; `settle` follows.
      session.edit(edit.itemId, message).then(
        () => forget(threadId),
        () => undefined,
      );
      return true;
    },
    restore(threadId, kept) {
      if (get(threadId) !== null) return;
      set(threadId, { ...kept, changed: true, sending: false, fresh: false, from: 'message' });
    },
    unsent({ threadId }) {
      const edit = get(threadId);
      if (threadId !== null && edit !== null) set(threadId, { ...edit, sending: false });
    },
    settle(session) {
      const { threadId } = session;
      const edit = get(threadId);
      const { load, older, transcript } = session.state.getSnapshot();
      if (threadId === null || edit === null || session.running || load.kind !== 'ready') return;
      // Further up, and not loaded yet, it may still be there.
      const isThere = older.kind !== 'none' || transcript.items.some(({ id }) => id === edit.itemId);
      if (isThere && !edit.sending) return;
      forget(threadId);
      // Gone with somebody else's change: the words are worth more than their place.
      if (!edit.sending) drafts.restore(threadId, edit.draft);
    },
    forget,
  };
}
