/**
 * A tiny ChatKit endpoint for the element's tests: keeps threads in memory and answers by script. What it does for a
 * message is chosen by the first word of its text, so that a test reads like a conversation.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plain } from './fake-chatkit-plain.ts';
import { type Play, script } from './fake-chatkit-script.ts';
import { attachmentFor, type FakeThread, item, type Json, wire } from './fake-chatkit-things.ts';

export type { Step } from './fake-chatkit-script.ts';
export { answer, item, userMessage } from './fake-chatkit-things.ts';

export interface SeenRequest {
  body: { type: string; params: Json };
  headers: IncomingMessage['headers'];
  /** True once the client has closed the connection before the answer was complete. */
  aborted: boolean;
}

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
  play(word: string, events: Play): void;
  /** Serves a file beside the endpoint, under Foyer's own content security policy. */
  serve(path: string, type: string, body: string | Buffer): void;
  close(): Promise<void>;
}

/** What the embedded server sends with every page. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'";

export async function startFakeChatKit(): Promise<FakeChatKit> {
  const threads = new Map<string, FakeThread>();
  const seen: SeenRequest[] = [];
  const uploads: FakeChatKit['uploads'] = [];
  const attachments = new Map<string, Json>();
  const gate = Promise.withResolvers<void>();
  const files = new Map<string, { type: string; body: string | Buffer }>();
  let change: ((item: Json) => Json) | undefined;
  const plays = new Map<string, Play>();
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
      const result = plain(body, { threads, attachments, change });
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
    return script(text, { thread, body, send, gone, play: (word) => plays.get(word), gate: gate.promise });
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
