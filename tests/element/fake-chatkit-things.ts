/** What the endpoint of the element's tests keeps and sends: threads, items, files, pages of lists. */
import { randomUUID } from 'node:crypto';

export type Json = Record<string, unknown>;

export interface FakeThread {
  id: string;
  title?: string;
  created_at: string;
  status: Json;
  items: Json[];
}

export function item(type: string, threadId: string, fields: Json): Json {
  return {
    id: `${type}_${randomUUID()}`,
    thread_id: threadId,
    created_at: new Date().toISOString(),
    type,
    ...fields,
  };
}

export function userMessage(threadId: string, text: string): Json {
  return item('user_message', threadId, {
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  });
}

export function answer(threadId: string, text: string): Json {
  return item('assistant_message', threadId, { content: [{ type: 'output_text', text, annotations: [] }] });
}

/** What the endpoint answers to the first phase of an upload. */
export function attachmentFor(params: Json, origin: string): Json {
  const { name, mime_type } = params;
  const image = String(mime_type).startsWith('image/');
  return {
    id: `atc_${name}`,
    type: image ? 'image' : 'file',
    name,
    mime_type,
    ...(image ? { preview_url: `${origin}/preview/${name}` } : {}),
    upload_descriptor: {
      url: `${origin}/upload/${name}`,
      method: 'PUT',
      headers: { 'x-ticket': 'let-me-in' },
    },
  };
}

/** A thread without its items, as it is told. */
export function wire({ items: _items, ...thread }: FakeThread): Json {
  return { ...thread, metadata: {}, items: { data: [], has_more: false } };
}

/** The part of a list that a request asks for. */
export function page<T extends { id: string }>(all: T[], params: Json, map: (each: T) => Json): Json {
  const limit = Number(params.limit ?? 20);
  const start = params.after === undefined ? 0 : all.findIndex(({ id }) => id === params.after) + 1;
  const data = all.slice(start, start + limit);
  const more = start + limit < all.length;
  return { data: data.map(map), has_more: more, ...(more ? { after: data.at(-1)?.id } : {}) };
}
