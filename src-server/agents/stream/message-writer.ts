/** Writes assistant messages as ChatKit events: item added, part added, deltas, part done, item done. */
import type {
  Annotation,
  AssistantContent,
  AssistantMessageItem,
  ItemUpdate,
} from '../../../src-shared/chatkit/index.ts';
import type { WriterContext } from './writer-context.ts';

interface Part {
  /** Our own index: dense, in the order of appearance. */
  readonly index: number;
  text: string;
  readonly annotations: Annotation[];
  /** Characters left out at the start, by which positions of the model have to be moved. */
  readonly skipped: number;
  done: boolean;
}

interface Message {
  readonly id: string;
  readonly createdAt: string;
  /** By the key that the model's events use. */
  readonly parts: Map<string, Part>;
}

export interface MessageWriter {
  /** Appends text; opens message and part at the first text that is not blank. */
  text(message: string, part: string, delta: string): void;
  /** Adds a citation to a part that has text; `index` is the model's position. */
  annotate(message: string, part: string, annotation: Annotation): void;
  endPart(message: string, part: string): void;
  /**
   * @param whole the model's own last version, by part: what was never streamed is written now, and citations that
   *   came only here are kept
   */
  endMessage(message: string, whole?: readonly AssistantContent[]): void;
  endAll(): void;
  /** Whether a person has been given any text. */
  readonly wroteText: boolean;
}

/**
 * The text of a part is exactly the deltas that were sent for it.
 *
 * @param opening called before a message begins
 * @param idFor the id of a message that begins
 */
export function messageWriter(
  context: WriterContext,
  opening: () => void,
  idFor: (message: string) => string = () => context.newId('message'),
): MessageWriter {
  const messages = new Map<string, Message>();
  /** Blank text at the start of parts that are not open yet. */
  const held = new Map<string, string>();
  /** Messages of this model call that are done: what is told again of them is not written again. */
  const finished = new Set<string>();
  let wroteText = false;

  const item = (message: Message): AssistantMessageItem => ({
    type: 'assistant_message',
    id: message.id,
    thread_id: context.threadId,
    created_at: message.createdAt,
    content: [...message.parts.values()].map(content),
  });
  const update = (message: Message, change: ItemUpdate) =>
    context.emit({ type: 'thread.item.updated', item_id: message.id, update: change });

  const openMessage = (key: string): Message => {
    const known = messages.get(key);
    if (known !== undefined) return known;
    opening();
    const message: Message = {
      id: idFor(key),
      createdAt: context.now().toISOString(),
      parts: new Map(),
    };
    messages.set(key, message);
    context.emit({ type: 'thread.item.added', item: item(message) });
    return message;
  };

  const append = (message: Message, part: Part, delta: string) => {
    part.text += delta;
    wroteText = true;
    update(message, {
      type: 'assistant_message.content_part.text_delta',
      content_index: part.index,
      delta,
    });
  };

  const openPart = (messageKey: string, partKey: string, delta: string) => {
    const heldKey = `${messageKey} ${partKey}`;
    const whole = (held.get(heldKey) ?? '') + delta;
    if (whole.trim() === '') {
      held.set(heldKey, whole);
      return;
    }
    held.delete(heldKey);
    const text = whole.replace(/^(?:[ \t]*\r?\n)+/, '');
    const message = openMessage(messageKey);
    const part: Part = {
      index: message.parts.size,
      text: '',
      annotations: [],
      skipped: whole.length - text.length,
      done: false,
    };
    message.parts.set(partKey, part);
    update(message, {
      type: 'assistant_message.content_part.added',
      content_index: part.index,
      content: content(part),
    });
    append(message, part, text);
  };

  const finishPart = (message: Message, part: Part) => {
    if (part.done) return;
    part.done = true;
    update(message, {
      type: 'assistant_message.content_part.done',
      content_index: part.index,
      content: content(part),
    });
  };

  const finishMessage = (key: string, whole: readonly AssistantContent[] = []) => {
    const known = messages.has(key) || !finished.has(key);
    for (const [index, { text }] of known ? whole.entries() : []) {
      if (text !== '' && messages.get(key)?.parts.has(`${index}`) !== true) openPart(key, `${index}`, text);
    }
    const message = messages.get(key);
    if (message === undefined) return;
    messages.delete(key);
    finished.add(key);
    for (const [index, { annotations }] of whole.entries()) {
      const part = message.parts.get(`${index}`);
      if (part !== undefined && part.annotations.length === 0) {
        part.annotations.push(...annotations.map((annotation) => move(annotation, part)));
      }
    }
    for (const part of message.parts.values()) finishPart(message, part);
    context.emit({ type: 'thread.item.done', item: item(message) });
  };

  return {
    text(messageKey, partKey, delta) {
      if (delta === '') return;
      const message = messages.get(messageKey);
      const part = message?.parts.get(partKey);
      if (message === undefined || part === undefined) openPart(messageKey, partKey, delta);
      else if (!part.done) append(message, part, delta);
    },
    annotate(messageKey, partKey, annotation) {
      const message = messages.get(messageKey);
      const part = message?.parts.get(partKey);
      if (message === undefined || part === undefined || part.done) return;
      const moved = move(annotation, part);
      part.annotations.push(moved);
      update(message, {
        type: 'assistant_message.content_part.annotation_added',
        content_index: part.index,
        annotation_index: part.annotations.length - 1,
        annotation: moved,
      });
    },
    endPart(messageKey, partKey) {
      const message = messages.get(messageKey);
      const part = message?.parts.get(partKey);
      if (message !== undefined && part !== undefined) finishPart(message, part);
    },
    endMessage: finishMessage,
    endAll() {
      held.clear();
      for (const key of [...messages.keys()]) finishMessage(key);
      finished.clear();
    },
    get wroteText() {
      return wroteText;
    },
  };
}

function content(part: Part): AssistantContent {
  return { type: 'output_text', text: part.text, annotations: [...part.annotations] };
}

function move(annotation: Annotation, part: Part): Annotation {
  const { index } = annotation;
  if (index === null || index === undefined) return annotation;
  return { ...annotation, index: Math.min(Math.max(0, index - part.skipped), part.text.length) };
}
