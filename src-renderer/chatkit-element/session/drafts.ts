import type {
  Attachment,
  UserContent,
  UserMessageInput,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import { joinTexts, partText, trimmed } from './content.ts';

/** What stands in the composer for one thread. */
export interface Draft {
  /** Texts and tags in the order they were written. Texts never stand side by side. */
  content: readonly UserContent[];
  /** Already uploaded. */
  attachments: readonly Attachment[];
  /** Quoted text that the message answers. */
  reply: string | null;
}

export const EMPTY_DRAFT: Draft = { content: [], attachments: [], reply: null };

/** A draft of plain text. */
export function textDraft(text: string): Draft {
  return { ...EMPTY_DRAFT, content: text === '' ? [] : [{ type: 'input_text', text }] };
}

/** What a person reads in the message box: the texts, and the tags as `@title`. */
export function draftText(draft: Pick<Draft, 'content'>): string {
  return draft.content.map(partText).join('');
}

/** Key of the thread that does not exist yet. */
const NEW_THREAD = '';

/** Drafts by thread, kept as long as the element is mounted. */
export interface Drafts extends ReadableStore<ReadonlyMap<string, Draft>> {
  get(threadId: string | null): Draft;
  set(threadId: string | null, draft: Draft): void;
  /** Adds an uploaded file to what stands there, in front of the first of those that were chosen `later`. */
  attach(threadId: string | null, attachment: Attachment, later: ReadonlySet<string>): void;
  /** A new thread got its id: what was typed meanwhile moves with it. */
  rename(threadId: string): void;
  /** The thread is gone, and what was written for it. */
  forget(threadId: string): void;
  /** Puts an unsent message back, in front of what was typed since. */
  restore(threadId: string | null, unsent: Draft): void;
}

export function isEmptyDraft(draft: Draft): boolean {
  return trimmed(draft.content).length === 0 && draft.attachments.length === 0;
}

export function createDrafts(): Drafts {
  const store = createStore<ReadonlyMap<string, Draft>>(new Map());
  const get = (threadId: string | null) => store.get().get(threadId ?? NEW_THREAD) ?? EMPTY_DRAFT;
  const set = (threadId: string | null, draft: Draft) =>
    store.update((drafts) => new Map(drafts).set(threadId ?? NEW_THREAD, draft));
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    get,
    set,
    attach(threadId, attachment, later) {
      const draft = get(threadId);
      const next = draft.attachments.findIndex(({ id }) => later.has(id));
      const place = next === -1 ? draft.attachments.length : next;
      set(threadId, { ...draft, attachments: draft.attachments.toSpliced(place, 0, attachment) });
    },
    rename(threadId) {
      const draft = get(null);
      store.update((drafts) => {
        const moved = new Map(drafts).set(threadId, draft);
        moved.delete(NEW_THREAD);
        return moved;
      });
    },
    forget(threadId) {
      store.update((drafts) => new Map([...drafts].filter(([key]) => key !== threadId)));
    },
    restore(threadId, unsent) {
      const now = get(threadId);
      const [before, after] = [trimmed(unsent.content), trimmed(now.content)];
      const between: UserContent[] =
        before.length > 0 && after.length > 0 ? [{ type: 'input_text', text: '\n' }] : [];
      set(threadId, {
        content: joinTexts([...before, ...between, ...after]),
        attachments: [...unsent.attachments, ...now.attachments],
        reply: now.reply ?? unsent.reply,
      });
    },
  };
}

/** One message on its way: the draft it came from, and what the person chose for it. */
export interface OutgoingMessage {
  draft: Draft;
  toolId: string | null;
  model: string | null;
  /** True when it comes from the queue of its thread; it goes back there when it cannot be sent. */
  queued?: boolean;
  /** The message that it takes the place of; it is still being edited when it cannot be sent. */
  replaces?: string;
}

/** The wire form of a message (protocol §2.1). */
export function toInput({ draft, toolId, model }: OutgoingMessage): UserMessageInput {
  return {
    content: trimmed(draft.content),
    attachments: draft.attachments.map(({ id }) => id),
    inference_options: {
      ...(toolId === null ? {} : { tool_choice: { id: toolId } }),
      ...(model === null ? {} : { model }),
    },
    ...(draft.reply === null ? {} : { quoted_text: draft.reply }),
  };
}

/** The item that shows a message until the server has confirmed it. */
export function bubbleOf(
  { draft }: OutgoingMessage,
  input: UserMessageInput,
  { id, threadId }: { id: string; threadId: string | null },
): UserMessageItem {
  return {
    type: 'user_message',
    id,
    thread_id: threadId ?? '',
    created_at: new Date().toISOString(),
    content: input.content,
    attachments: [...draft.attachments],
    inference_options: input.inference_options,
    ...(input.quoted_text ? { quoted_text: input.quoted_text } : {}),
  };
}
