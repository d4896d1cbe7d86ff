import type { Attachment, UserContent, UserMessageInput } from '../../../src-shared/chatkit/index.ts';
import { createStore, type ReadableStore } from '../state/store.ts';

/** What stands in the composer for one thread. */
export interface Draft {
  text: string;
  /** Tags set through `setComposerValue`; shown as chips before the text. */
  tags: readonly Extract<UserContent, { type: 'input_tag' }>[];
  /** Already uploaded. */
  attachments: readonly Attachment[];
  /** Quoted text that the message answers. */
  reply: string | null;
}

export const EMPTY_DRAFT: Draft = { text: '', tags: [], attachments: [], reply: null };

/** Key of the thread that does not exist yet. */
const NEW_THREAD = '';

/** Drafts by thread, kept as long as the element is mounted. */
export interface Drafts extends ReadableStore<ReadonlyMap<string, Draft>> {
  get(threadId: string | null): Draft;
  set(threadId: string | null, draft: Draft): void;
  /** Adds an uploaded file to what stands there. */
  attach(threadId: string | null, attachment: Attachment): void;
  /** A new thread got its id: what was typed meanwhile moves with it. */
  rename(threadId: string): void;
  /** Puts an unsent message back, in front of what was typed since. */
  restore(threadId: string | null, unsent: Draft): void;
}

export function isEmptyDraft(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.tags.length === 0 && draft.attachments.length === 0;
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
    attach(threadId, attachment) {
      const draft = get(threadId);
      set(threadId, { ...draft, attachments: [...draft.attachments, attachment] });
    },
    rename(threadId) {
      const draft = get(null);
      store.update((drafts) => {
        const moved = new Map(drafts).set(threadId, draft);
        moved.delete(NEW_THREAD);
        return moved;
      });
    },
    restore(threadId, unsent) {
      const now = get(threadId);
      const text = [unsent.text, now.text].filter((part) => part.trim() !== '').join('\n');
      set(threadId, {
        text,
        tags: [...unsent.tags, ...now.tags],
        attachments: [...unsent.attachments, ...now.attachments],
        reply: now.reply ?? unsent.reply,
      });
    },
  };
}

/** One message on its way: the draft it came from, and what the person chose for it. */
export interface OutgoingMessage {
  draft: Draft;
  /** Overrides the text and tags of the draft, in order (prompts and `sendUserMessage({content})`). */
  content: readonly UserContent[] | null;
  toolId: string | null;
  model: string | null;
}

/** The wire form of a message (protocol §2.1). */
export function toInput({ draft, content, toolId, model }: OutgoingMessage): UserMessageInput {
  const text = draft.text.trim();
  const own: UserContent[] = [...draft.tags, ...(text === '' ? [] : [{ type: 'input_text' as const, text }])];
  return {
    content: content === null ? own : [...content],
    attachments: draft.attachments.map(({ id }) => id),
    inference_options: {
      ...(toolId === null ? {} : { tool_choice: { id: toolId } }),
      ...(model === null ? {} : { model }),
    },
    ...(draft.reply === null ? {} : { quoted_text: draft.reply }),
  };
}
