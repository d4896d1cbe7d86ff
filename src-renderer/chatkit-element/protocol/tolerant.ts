/**
 * Reading what a server sent. The server may be newer than this element, or not ours: an icon, item or event that it
 * knows and we do not must cost that one thing, never the page or the stream around it.
 */
import { z } from 'zod';
import {
  iconNameSchema,
  isHiddenItem,
  type Page,
  pageSchema,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  threadItemSchema,
  threadMetadataSchema,
  threadStreamEventSchema,
} from '../../../src-shared/chatkit/index.ts';

/** One stream event, or null when it is not JSON or not an event that we know. */
export function parseEvent(data: string): ThreadStreamEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  return parseOrRelax(threadStreamEventSchema, dropUnknownItems(json));
}

/** One item, or null when its kind is unknown or it must not be shown. */
export function parseItem(json: unknown): ThreadItem | null {
  const item = parseOrRelax(threadItemSchema, json);
  return item === null || isHiddenItem(item) ? null : item;
}

const looseItemPage = pageSchema(z.unknown());

/** A page of items without those that are unknown; its cursor is kept. Null when it is not a page at all. */
export function parseItemPage(json: unknown): Page<ThreadItem> | null {
  const page = looseItemPage.safeParse(json);
  if (!page.success) return null;
  const data = page.data.data.map(parseItem).filter((item) => item !== null);
  return { data, has_more: page.data.has_more, after: page.data.after };
}

const looseActionAnswer = z.object({ updated_item: z.unknown().optional() });

/** The answer to an action outside of the stream; an item that we do not know counts as no change. */
export function parseActionAnswer(json: unknown): { updated_item: ThreadItem | null } | null {
  const parsed = looseActionAnswer.safeParse(json);
  return parsed.success ? { updated_item: parseItem(parsed.data.updated_item) } : null;
}

/** A thread with its page of items. */
export interface LoadedThread {
  thread: ThreadMetadata;
  items: Page<ThreadItem>;
}

const threadWithItems = threadMetadataSchema.extend({ items: z.unknown().optional() });

export function parseThread(json: unknown): LoadedThread | null {
  const parsed = threadWithItems.safeParse(json);
  if (!parsed.success) return null;
  const { items, ...thread } = parsed.data;
  return { thread, items: parseItemPage(items) ?? { data: [], has_more: false } };
}

const looseThreadPage = pageSchema(z.unknown());

export function parseThreadPage(json: unknown): Page<ThreadMetadata> | null {
  const page = looseThreadPage.safeParse(json);
  if (!page.success) return null;
  const data = page.data.data.map(parseThread).filter((loaded) => loaded !== null);
  return { data: data.map(({ thread }) => thread), has_more: page.data.has_more, after: page.data.after };
}

/** Parses; when that fails, once more without the icons that we do not have. */
function parseOrRelax<T extends z.ZodType>(schema: T, json: unknown): z.output<T> | null {
  const strict = schema.safeParse(json);
  if (strict.success) return strict.data;
  const relaxed = schema.safeParse(withoutUnknownIcons(json));
  return relaxed.success ? relaxed.data : null;
}

function withoutUnknownIcons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnknownIcons);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, inner]) => key !== 'icon' || iconNameSchema.safeParse(inner).success,
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutUnknownIcons(inner)]));
}

/** A thread inside an event may carry items of unknown kinds. The transcript does not use them: drop them. */
function dropUnknownItems(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('thread' in json)) return json;
  const { thread } = json;
  if (typeof thread !== 'object' || thread === null || !('items' in thread)) return json;
  const { items, ...rest } = thread;
  return { ...json, thread: { ...rest, items: parseItemPage(items) ?? undefined } };
}
