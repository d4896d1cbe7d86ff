/**
 * A tiny ChatKit endpoint for the element's tests: keeps threads in memory and answers by script. What it does for a
 * message is chosen by the first word of its text, so that a test reads like a conversation.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type Json = Record<string, unknown>;

interface FakeThread {
  id: string;
  title?: string;
  created_at: string;
  status: Json;
  items: Json[];
}

export interface SeenRequest {
  body: { type: string; params: Json };
  headers: IncomingMessage['headers'];
  /** True once the client has closed the connection before the answer was complete. */
  aborted: boolean;
}

/** One step of an answer that a test has written; see {@link FakeChatKit.play}. */
export type Step = Json | number | Promise<void> | 'break';

export interface FakeChatKit {
  url: string;
  threads: Map<string, FakeThread>;
  seen: SeenRequest[];
  /** Bytes that were sent to `…/upload/…`. */
  uploads: { method: string | undefined; headers: IncomingMessage['headers']; body: Buffer }[];
  /** Answers the next requests of a type with this status and body. */
  refuse(type: string, status: number, body?: Json): void;
  /** The answer to the next actions outside of the stream: the item that replaces the one they came from. */
  updateOnSync(change: (item: Json) => Json): void;
  /** Lets requests of a refused type through again. */
  allow(type: string): void;
  addThread(thread: { title: string; ageDays?: number; items?: Json[]; status?: Json }): FakeThread;
  /** Answers to messages that start with `gate,` stop halfway until this is called. */
  openGate(): void;
  /**
   * Answers messages that start with a word by these events; a number is a pause in milliseconds, a promise is waited
   * for, 'break' breaks the connection.
   */
  play(word: string, events: (threadId: string) => readonly Step[]): void;
  /** Serves a file beside the endpoint, under Foyer's own content security policy. */
  serve(path: string, type: string, body: string | Buffer): void;
  close(): Promise<void>;
}

/** What the embedded server sends with every page. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'";

const LONG_ANSWER = `## A steady morning

Here is a plan that fits **ninety minutes** and leaves room for a walk.

1. Open the window and drink a glass of water.
2. Write down *three* things that matter today.
3. Work on the first one, with the phone in another room.

> Small steps, taken every day, go further than a leap.

| Part | Minutes | Why |
| --- | ---: | --- |
| Water and light | 10 | wakes the body |
| Notes | 15 | clears the head |
| First task | 65 | the real work |

\`\`\`ts
export function minutes(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}
\`\`\`

More on this at [the library](https://example.com/morning). Use \`minutes()\` to check the sum.
`;

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
function attachmentFor(params: Json, origin: string): Json {
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

export async function startFakeChatKit(): Promise<FakeChatKit> {
  const threads = new Map<string, FakeThread>();
  const seen: SeenRequest[] = [];
  const uploads: FakeChatKit['uploads'] = [];
  const attachments = new Map<string, Json>();
  const gate = Promise.withResolvers<void>();
  const files = new Map<string, { type: string; body: string | Buffer }>();
  let change: ((item: Json) => Json) | undefined;
  const plays = new Map<string, (threadId: string) => readonly Step[]>();
  const refused = new Map<string, { status: number; body: Json }>();

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    response.setHeader('Access-Control-Allow-Methods', '*');
    if (request.method === 'OPTIONS') return response.end();
    if (request.method === 'GET') {
      const [path = ''] = (request.url ?? '').split('?');
      const file = files.get(path);
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': file?.type ?? 'text/plain',
        'content-security-policy': POLICY,
      });
      return response.end(file?.body);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, name] = /\/upload\/(.+)$/.exec(request.url ?? '') ?? [];
    if (name !== undefined) {
      uploads.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(
        JSON.stringify({ type: 'file', id: `atc_${name}`, name: 'notes.txt', mime_type: 'text/plain' }),
      );
    }
    const body = JSON.parse(Buffer.concat(chunks).toString()) as SeenRequest['body'];
    const record: SeenRequest = { body, headers: request.headers, aborted: false };
    seen.push(record);
    response.on('close', () => {
      record.aborted = !response.writableEnded;
    });
    const refusal = refused.get(body.type);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, { 'content-type': 'application/json' });
      return response.end(JSON.stringify(refusal.body));
    }
    if (body.type === 'attachments.create') {
      const attachment = attachmentFor(body.params, `http://${request.headers.host}`);
      attachments.set(String(attachment.id), attachment);
    }
    const stream = STREAMS.has(body.type);
    if (!stream) {
      const result = plain(body);
      response.writeHead(result === null ? 404 : 200, { 'content-type': 'application/json' });
      return response.end(
        JSON.stringify(result ?? { error: { code: 'thread_not_found', message: 'No such thread.' } }),
      );
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (event: Json) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    const clean = await run(body, send, () => response.destroyed);
    if (clean) response.end();
    else response.destroy();
  }

  /** Answers whether the stream ends cleanly. */
  async function run(body: SeenRequest['body'], send: (event: Json) => void, gone: () => boolean) {
    const params = body.params as {
      thread_id?: string;
      item_id?: string;
      input?: { content: Json[]; attachments?: string[] };
    };
    let thread = threads.get(String(params.thread_id));
    if (body.type === 'threads.create') {
      thread = {
        id: `thr_${randomUUID()}`,
        created_at: new Date().toISOString(),
        status: { type: 'active' },
        items: [],
      };
      threads.set(thread.id, thread);
      send({ type: 'thread.created', thread: wire(thread) });
    }
    if (thread === undefined) return false;
    let text = '';
    if (body.type === 'threads.retry_after_item') {
      const at = thread.items.findIndex(({ id }) => id === params.item_id);
      thread.items.splice(at + 1);
      text = 'again';
    } else if (body.type === 'threads.add_structured_input') {
      const asked = thread.items.find(({ id }) => id === params.item_id);
      if (asked === undefined) return false;
      const input = body.params.input as { status: string; answers: Record<string, Json> };
      const inputs = asked.inputs as Json[];
      Object.assign(asked, {
        status: input.status,
        inputs: inputs.map((one) => ({ ...one, answer: input.answers[String(one.id)] ?? null })),
      });
      send({ type: 'thread.item.replaced', item: asked });
      text = 'answers';
    } else if (body.type === 'threads.custom_action') {
      text = `action ${(body.params.action as Json).type}`;
    } else if (body.type === 'threads.edit_user_message' && !takeBack(thread, params.item_id, send)) {
      return false;
    } else if (params.input !== undefined) {
      const message = item('user_message', thread.id, {
        ...params.input,
        attachments: (params.input.attachments ?? []).flatMap((id) => attachments.get(id) ?? []),
      });
      thread.items.push(message);
      send({ type: 'thread.item.done', item: message });
      text = params.input.content.map((part) => part.text).join('');
    }
    send({ type: 'stream_options', stream_options: { allow_cancel: !text.startsWith('nocancel') } });
    if (thread.title === undefined) {
      thread.title = text.slice(0, 40);
      send({ type: 'thread.updated', thread: wire(thread) });
    }
    return script(text, thread, send, gone, body);
  }

  /** Removes a message and what followed; its attachments stay known. */
  function takeBack(thread: FakeThread, itemId: string | undefined, send: (event: Json) => void): boolean {
    const at = thread.items.findIndex(({ id }) => id === itemId);
    if (at < 0) return false;
    for (const gone of thread.items.splice(at).reverse()) {
      for (const file of (gone.attachments ?? []) as Json[]) attachments.set(String(file.id), file);
      send({ type: 'thread.item.removed', item_id: gone.id });
    }
    return true;
  }

  async function script(
    text: string,
    thread: FakeThread,
    send: (event: Json) => void,
    gone: () => boolean,
    body: SeenRequest['body'],
  ): Promise<boolean> {
    const [word = ''] = text.split(' ');
    const keep = (done: Json) => {
      thread.items.push(done);
      send({ type: 'thread.item.done', item: done });
    };
    if (body.type === 'threads.add_client_tool_output') {
      await speak(thread, `The page says ${JSON.stringify(body.params.result)}.`, send, gone);
      return true;
    }
    const play = plays.get(word);
    if (play !== undefined) {
      for (const step of play(thread.id)) {
        if (step === 'break') return false;
        if (typeof step === 'number') await sleep(step);
        else if (step instanceof Promise) await step;
        else {
          if (step.type === 'thread.item.done') thread.items.push(step.item as Json);
          send(step);
        }
      }
      return true;
    }
    switch (word) {
      case 'long':
        await speak(thread, LONG_ANSWER, send, gone);
        return true;
      case 'slow':
      case 'nocancel':
        await speak(thread, 'word '.repeat(1200), send, gone, 20);
        return true;
      case 'echo':
        await speak(thread, text.slice('echo '.length), send, gone, 2, gate.promise);
        return true;
      case 'gate,':
        await speak(thread, LONG_ANSWER, send, gone, 4, gate.promise);
        return true;
      case 'wait':
        await sleep(3000);
        return true;
      case 'error':
        await speak(thread, 'This part arrived.', send, gone);
        send({ type: 'error', code: 'stream.error', allow_retry: true });
        return true;
      case 'custom-error':
        send({
          type: 'error',
          code: 'custom',
          message: 'The model is resting until noon.',
          allow_retry: false,
        });
        return true;
      case 'break': {
        const half = answer(thread.id, '');
        send({ type: 'thread.item.added', item: half });
        send({
          type: 'thread.item.updated',
          item_id: half.id,
          update: {
            type: 'assistant_message.content_part.text_delta',
            content_index: 0,
            delta: 'Half an ans',
          },
        });
        // Long enough for a busy page to read it: a broken body loses what nobody has read yet.
        await sleep(500);
        return false;
      }
      case 'tool':
        keep(
          item('client_tool_call', thread.id, {
            status: 'pending',
            call_id: 'call_1',
            name: 'read_page',
            arguments: { part: 'title' },
          }),
        );
        return true;
      case 'steps': {
        const workflow = item('workflow', thread.id, {
          workflow: { type: 'reasoning', tasks: [], expanded: false },
        });
        send({ type: 'thread.item.added', item: workflow });
        const task = {
          type: 'thought',
          content: 'The question is about **time**.',
          title: 'Weighing the options',
        };
        send({
          type: 'thread.item.updated',
          item_id: workflow.id,
          update: { type: 'workflow.task.added', task_index: 0, task },
        });
        await sleep(200);
        keep({
          ...workflow,
          workflow: { type: 'reasoning', tasks: [task], summary: { duration: 4 }, expanded: false },
        });
        send({ type: 'progress_update', text: 'Looking things up', icon: 'search' });
        await sleep(100);
        keep(
          item('widget', thread.id, {
            widget: {
              type: 'Card',
              children: [
                { type: 'Title', value: 'Lisbon in May' },
                { type: 'Text', value: '21 degrees, light wind' },
                { type: 'Button', label: 'Book a table' },
              ],
            },
          }),
        );
        keep(
          item('task', thread.id, {
            task: { type: 'web_search', title_query: 'weather lisbon may', queries: [] },
          }),
        );
        send({
          type: 'notice',
          level: 'warning',
          title: 'Almost full',
          message: 'You have **3** answers left.',
        });
        await speak(thread, 'Bring a light jacket.', send, gone);
        return true;
      }
      case 'effect':
        send({ type: 'client_effect', name: 'ping', data: { n: 1 } });
        await speak(thread, 'See [the settings](chatkit-link://open-settings?tab=models).', send, gone);
        return true;
      case 'unknown':
        send({ type: 'thread.item.sparkled', item_id: 'x' });
        send({ type: 'thread.item.done', item: { id: 'future', type: 'hologram' } });
        await speak(thread, 'Still here.', send, gone);
        return true;
      default:
        await speak(thread, word === 'again' ? 'Here it is again.' : `You said: ${text}`, send, gone);
        return true;
    }
  }

  async function speak(
    thread: FakeThread,
    text: string,
    send: (event: Json) => void,
    gone: () => boolean,
    pause = 4,
    halfway: Promise<void> = Promise.resolve(),
  ): Promise<void> {
    const message = answer(thread.id, '');
    send({ type: 'thread.item.added', item: message });
    for (let at = 0; at < text.length && !gone(); at += 12) {
      const update = {
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: text.slice(at, at + 12),
      };
      send({ type: 'thread.item.updated', item_id: message.id, update });
      if (at > text.length / 2) await halfway;
      await sleep(pause);
    }
    const done = { ...message, content: [{ type: 'output_text', text, annotations: [] }] };
    thread.items.push(done);
    send({ type: 'thread.item.done', item: done });
  }

  function plain({ type, params }: SeenRequest['body']): Json | null {
    const thread = threads.get(String(params.thread_id));
    switch (type) {
      case 'attachments.create':
        return attachments.get(`atc_${params.name}`) ?? null;
      case 'attachments.delete':
        return {};
      case 'input.transcribe':
        return { text: ' spoken words ' };
      case 'threads.list': {
        const all = [...threads.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
        return page(all, params, (each) => wire(each));
      }
      case 'threads.get_by_id':
        if (thread === undefined) return null;
        return {
          ...wire(thread),
          items: { data: thread.items.slice(0, 20), has_more: thread.items.length > 20 },
        };
      case 'items.list': {
        if (thread === undefined) return null;
        const items = params.order === 'asc' ? thread.items : thread.items.toReversed();
        return page(items as { id: string }[], params, (each) => each);
      }
      case 'threads.update':
        if (thread === undefined) return null;
        thread.title = String(params.title);
        return wire(thread);
      case 'threads.sync_custom_action': {
        const at = thread?.items.findIndex(({ id }) => id === params.item_id) ?? -1;
        const before = thread?.items[at];
        if (thread === undefined || before === undefined || change === undefined) return {};
        const updated_item = change(before);
        thread.items[at] = updated_item;
        return { updated_item };
      }
      case 'threads.delete':
        threads.delete(String(params.thread_id));
        return {};
      default:
        return {};
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/chatkit`,
    threads,
    seen,
    uploads,
    refuse: (type, status, body = {}) => refused.set(type, { status, body }),
    allow: (type) => refused.delete(type),
    updateOnSync: (next) => {
      change = next;
    },
    addThread({ title, ageDays = 0, items = [], status = { type: 'active' } }) {
      const created = new Date(Date.now() - ageDays * 86_400_000).toISOString();
      const thread = { id: `thr_${randomUUID()}`, title, created_at: created, status, items };
      threads.set(thread.id, thread);
      return thread;
    },
    openGate: gate.resolve,
    play: (word, events) => plays.set(word, events),
    serve: (path, type, body) => files.set(path, { type, body }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const STREAMS = new Set([
  'threads.create',
  'threads.add_user_message',
  'threads.add_client_tool_output',
  'threads.add_structured_input',
  'threads.retry_after_item',
  'threads.edit_user_message',
  'threads.custom_action',
]);

function wire({ items: _items, ...thread }: FakeThread): Json {
  return { ...thread, metadata: {}, items: { data: [], has_more: false } };
}

function page<T extends { id: string }>(all: T[], params: Json, map: (each: T) => Json): Json {
  const limit = Number(params.limit ?? 20);
  const start = params.after === undefined ? 0 : all.findIndex(({ id }) => id === params.after) + 1;
  const data = all.slice(start, start + limit);
  const more = start + limit < all.length;
  return { data: data.map(map), has_more: more, ...(more ? { after: data.at(-1)?.id } : {}) };
}
