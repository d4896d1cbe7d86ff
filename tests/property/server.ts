/** The server under test, with a handler whose turns are set from outside, and what asks it. */
import { expect } from 'vitest';
import {
  type AttachmentStore,
  ChatKitServer,
  type Store,
  type ThreadItem,
} from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { type ThreadStreamEvent, threadStreamEventSchema } from '../../src-shared/chatkit/index.ts';
import { PERSON } from '../conformance/stores.ts';
import { revealsHidden } from '../conformance/stricter-rules.ts';
import { play, type Step, widget } from './model.ts';

const forever = new AbortController().signal;

/** Makes records without any bytes. */
function attachmentRecords(): AttachmentStore<RequestContext> {
  let made = 0;
  const generateAttachmentId = () => {
    made += 1;
    return `atc_${made}`;
  };
  return {
    generateAttachmentId,
    async createAttachment({ name, mime_type }) {
      const url = 'http://127.0.0.1/upload';
      const upload_descriptor = { url, method: 'PUT' as const, headers: {} };
      return { type: 'file', id: generateAttachmentId(), name, mime_type, upload_descriptor };
    },
    deleteAttachment: async () => undefined,
  };
}

/** A server whose next turn is set from outside. */
export function scripted(store: Store<RequestContext>) {
  let steps: readonly Step[] = [];
  let number = 0;
  const server = new ChatKitServer<RequestContext>({
    store,
    coalesceMs: 0,
    attachmentStore: attachmentRecords(),
    handlers: {
      respond: (thread) => play(steps, number, thread),
      action: (thread) => play(steps, number, thread),
      async syncAction(thread, action, sender) {
        if (sender === null) return {};
        const updated_item = widget(thread, sender.id, String(action.payload));
        await store.saveItem(thread.id, updated_item, PERSON);
        return { updated_item };
      },
      transcribe: async ({ data, mediaType }) => ({ text: `${mediaType} ${data.length}` }),
    },
  });
  /** Sends a request and reads so many events of its stream; the rest is cut off. */
  const stream = async (request: object, next: readonly Step[], events = Number.POSITIVE_INFINITY) => {
    steps = next;
    number += 1;
    const result = await server.process(request, PERSON, forever);
    if (result.kind !== 'stream') throw new Error('no stream');
    const got: ThreadStreamEvent[] = [];
    let complete = true;
    for await (const frame of result.frames) {
      got.push(threadStreamEventSchema.parse(JSON.parse(frame.slice('data: '.length))));
      if (got.length >= events) {
        complete = false;
        break;
      }
    }
    expect(revealsHidden(got)).toBe(false);
    return { events: got, complete, number };
  };
  const json = async (request: object): Promise<unknown> => {
    const result = await server.process(request, PERSON, forever);
    if (result.kind !== 'json') throw new Error('no JSON');
    expect(revealsHidden(result.value)).toBe(false);
    return JSON.parse(JSON.stringify(result.value));
  };
  return { stream, json };
}

/** A message as clients send it. */
export const input = (text: string, attachments: readonly string[] = []) => ({
  content: [{ type: 'input_text', text }],
  attachments,
  inference_options: {},
});

/** All of a thread, hidden items included, oldest first. */
export async function allItems(store: Store<RequestContext>, threadId: string): Promise<ThreadItem[]> {
  const page = await store.loadThreadItems(threadId, { limit: 10_000, after: null, order: 'asc' }, PERSON);
  return page.data;
}

export async function listThreads(
  json: (request: object) => Promise<unknown>,
  limit: number,
  order: 'asc' | 'desc',
): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null | undefined = null; ; ) {
    const page = (await json({ type: 'threads.list', params: { limit, order, after } })) as {
      data: { id: string }[];
      has_more: boolean;
      after?: string;
    };
    ids.push(...page.data.map((thread) => thread.id));
    if (!page.has_more) return ids;
    after = page.after;
  }
}
