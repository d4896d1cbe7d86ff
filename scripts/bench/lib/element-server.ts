/** A ChatKit endpoint for measuring the element: long threads in memory, answers at a steady pace, and the built files. */
import fs from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

type Json = Record<string, unknown>;

/** How the next answer streams. */
export interface Pace {
  readonly text: string;
  readonly deltas: number;
  readonly perSecond: number;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.html': 'text/html',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const CREATED = '2026-01-01T00:00:00.000Z';
const THREAD = { created_at: CREATED, status: { type: 'active' }, metadata: {} };

/**
 * Serves `dir` and `/chatkit`. The thread `long-N` has N items; every message is answered at the pace that was set last.
 */
export async function startElementServer(dir: string): Promise<{
  url: string;
  setPace(pace: Pace): void;
  close(): Promise<void>;
}> {
  let pace: Pace = { text: '', deltas: 1, perSecond: 1 };

  const server = createServer((request, response) => {
    const answer = request.method === 'POST' ? operate(request, response) : serve(request, response);
    answer.catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const name = new URL(request.url ?? '/', 'http://x').pathname;
    if (name === '/') return void response.setHeader('content-type', 'text/html').end(PAGE);
    if (name === '/page.js') return void response.setHeader('content-type', 'text/javascript').end(SCRIPT);
    const file = path.join(dir, path.normalize(name));
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    response.end(await fs.promises.readFile(file));
  }

  async function operate(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { type, params } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; params: Json };
    if (type.startsWith('threads.create') || type.startsWith('threads.add')) return stream(response, params);
    const result =
      type === 'threads.get_by_id'
        ? { ...THREAD, id: params.thread_id, items: listItems({ ...params, order: 'desc' }) }
        : type === 'items.list'
          ? listItems(params)
          : { data: [], has_more: false };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  }

  async function stream(response: ServerResponse, params: Json) {
    response.setHeader('content-type', 'text/event-stream');
    const send = (event: Json) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    const thread = {
      ...THREAD,
      id: String(params.thread_id ?? 'thr_new'),
      items: { data: [], has_more: false },
    };
    const input = params.input as Json;
    if (params.thread_id === undefined) send({ type: 'thread.created', thread });
    const at = Date.now();
    const base = { thread_id: thread.id, created_at: CREATED };
    send({
      type: 'thread.item.done',
      item: { ...base, id: `user_${at}`, type: 'user_message', attachments: [], ...input },
    });
    const id = `answer_${at}`;
    const message = (text: string) => ({
      ...base,
      id,
      type: 'assistant_message',
      content: [{ type: 'output_text', text, annotations: [] }],
    });
    send({ type: 'thread.item.added', item: message('') });
    const { text, deltas, perSecond } = pace;
    const size = Math.ceil(text.length / deltas);
    const started = performance.now();
    for (let sent = 0; sent < deltas && !response.destroyed; ) {
      const due = Math.min(deltas, Math.floor(((performance.now() - started) / 1_000) * perSecond) + 1);
      for (; sent < due; sent += 1) {
        const delta = text.slice(sent * size, (sent + 1) * size);
        const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta };
        send({ type: 'thread.item.updated', item_id: id, update });
      }
      await sleep(Math.max(1, 1_000 / perSecond - 1));
    }
    send({ type: 'thread.item.done', item: message(text) });
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setPace(next) {
      pace = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page of a thread that is made up as it is read: the id says how many items there are. */
function listItems(params: Json) {
  const thread = String(params.thread_id);
  const total = Number(/^long-(\d+)$/.exec(thread)?.[1] ?? 0);
  const limit = Number(params.limit ?? 20);
  const after = typeof params.after === 'string' ? Number(params.after.split('-').at(-1)) : null;
  const descending = params.order !== 'asc';
  const from = after === null ? (descending ? total - 1 : 0) : descending ? after - 1 : after + 1;
  const data: Json[] = [];
  for (let n = from; n >= 0 && n < total && data.length < limit; n += descending ? -1 : 1) {
    data.push(itemOf(thread, n));
  }
  const more = data.length === limit && (descending ? from - limit >= 0 : from + limit < total);
  return { data, has_more: more, ...(more ? { after: data.at(-1)?.id } : {}) };
}

function itemOf(thread: string, n: number): Json {
  const base = { id: `item-${n}`, thread_id: thread, created_at: CREATED };
  if (n % 2 === 0) {
    const content = [{ type: 'input_text', text: `Question ${n}: what stands in part ${n / 2}?` }];
    return { ...base, type: 'user_message', content, attachments: [], inference_options: {} };
  }
  const text = sampleMarkdown(600).replace('Section 1', `Answer ${n}`);
  return { ...base, type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] };
}

/** Markdown as models write it, of about so many characters: headings, lists, tables, code. */
export function sampleMarkdown(length: number): string {
  let text = '';
  for (let section = 1; text.length < length; section += 1) {
    text += `## Section ${section}

Some **bold** words and a [link](https://example.com/${section}) in a paragraph that goes on for two lines, with \`code\` in it and *some more* words at its end.

- first point of the list
- second point with **weight**
  - a nested one

| Part | Value |
| --- | ---: |
| first | ${section * 3} |
| second | ${section * 7} |

\`\`\`ts
export function part${section}(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, ${section});
}
\`\`\`

`;
  }
  return text.slice(0, length);
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<style>html, body, openai-chatkit { height: 100%; margin: 0; }</style></head><body><openai-chatkit></openai-chatkit>
<script type="module" src="/chatkit.js"></script><script type="module" src="/page.js"></script></body></html>`;

/** What the benchmark asks the page to do. */
const SCRIPT = `const chat = document.querySelector('openai-chatkit');
chat.setOptions({ api: { url: '/chatkit', domainKey: 'bench' }, locale: 'en' });
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const latencies = [];
window.bench = {
  latencies,
  ask: (text) => new Promise((resolve, reject) => {
    chat.addEventListener('chatkit.response.end', () => resolve(), { once: true });
    chat.sendUserMessage({ text }).catch(reject);
  }),
  async open(thread, lastItem) {
    await chat.setThreadId(null);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const started = performance.now();
    const shown = () => {
      const item = chat.shadowRoot.querySelector('[data-item="' + lastItem + '"]');
      const box = chat.shadowRoot.querySelector('.ck-scroll');
      return item !== null && box !== null && item.getBoundingClientRect().bottom <= box.getBoundingClientRect().bottom + 1;
    };
    chat.setThreadId(thread);
    while (!shown()) await frame();
    return performance.now() - started;
  },
  watchKeys() {
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
      // After the frame was drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => latencies.push(performance.now() - timeStamp);
      port2.postMessage(null);
    }), true);
  },
};`;
