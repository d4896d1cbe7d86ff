/** The form in which things leave the server: no nulls, no store-only fields (protocol §1.3). */
import {
  type Attachment,
  isHiddenItem,
  type Page,
  type Thread,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
} from '../../src-shared/chatkit/index.ts';

/** Free-form fields, by the `type` of the object that holds them: nulls inside them are data and stay. */
const FREE_FORM: Readonly<Record<string, readonly string[]>> = {
  client_effect: ['data'],
  client_tool_call: ['arguments', 'output'],
  input_tag: ['data'],
  entity: ['data'],
};

/** A thread without its items, for lists and for `thread.created` and `thread.updated`. */
export function toThread(thread: ThreadMetadata, items?: Page<ThreadItem>): Thread {
  return { ...thread, metadata: {}, items: visiblePage(items ?? { data: [], has_more: false }) };
}

/** A page without hidden items. Its cursor stays: it may name an item that is not shown (protocol §4.1). */
export function visiblePage(page: Page<ThreadItem>): Page<ThreadItem> {
  return { ...page, data: page.data.filter((item) => !isHiddenItem(item)) };
}

/** How a host wants its attachments to look to clients. */
export type Present = (attachment: Attachment) => Attachment;

const asTheyAre: Present = (attachment) => attachment;

/** One event as its SSE frame (protocol §1.3): one data line, one blank line. */
export function toFrame(event: ThreadStreamEvent, present: Present = asTheyAre): string {
  // By far the most frequent event, and one without anything to take out.
  const plain =
    event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta';
  return `data: ${JSON.stringify(plain ? event : toWire(event, present))}\n\n`;
}

/** Anything of the protocol in its wire form. */
export function toWire(value: unknown, present: Present = asTheyAre): unknown {
  if (Array.isArray(value)) return value.map((entry) => toWire(entry, present));
  if (typeof value !== 'object' || value === null) return value;
  const type = 'type' in value && typeof value.type === 'string' ? value.type : '';
  const freeForm = FREE_FORM[type] ?? [];
  const wire: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    if (field === null || field === undefined) continue;
    if (freeForm.includes(key)) wire[key] = field;
    else if (key === 'attachments' && type === 'user_message')
      wire[key] = (field as Attachment[]).map((attachment) => toWireAttachment(attachment, present));
    else if (key === 'widget' || key === 'component') wire[key] = withoutNulls(field);
    else wire[key] = toWire(field, present);
  }
  return wire;
}

/** `metadata` of an attachment is for the store only. */
export function toWireAttachment(attachment: Attachment, present: Present = asTheyAre): unknown {
  return toWire({ ...present(attachment), metadata: null });
}

/** In widgets nulls mean nothing at any depth, in lists and payloads too. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([key, field]) => [key, withoutNulls(field)]),
  );
}
