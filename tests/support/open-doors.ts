/** Everything that one person can have under way at a time, kept open until it ends. */
import http from 'node:http';
import { expect } from 'vitest';
import type { FakeOpenAI } from '../fake-openai/server.ts';
import { type Client, messageInput } from './client.ts';
import { call } from './endpoint.ts';

/** Something that is under way, and its end. */
export interface Door {
  readonly name: string;
  readonly closed: Promise<unknown>;
}

export interface OpenDoors {
  readonly doors: readonly Door[];
  /** The threads that are being answered, by what is asked there. */
  readonly threads: ReadonlyMap<string, string>;
  readonly runId: string;
}

interface Run {
  readonly id: string;
  readonly thread_id: string;
  readonly resumable: boolean;
}

/** What the model is asked; each answer goes on for longer than any test. */
const QUESTIONS = {
  stream: 'Go on and on, please [slow:400]',
  resumable: 'Go on without me, please [slow:400]',
  silent: 'Say nothing [noheaders]',
} as const;

/**
 * Opens a stream, a run that outlives its connection and a reader of it, a stream whose model is silent, and an upload
 * whose bytes do not end; and what the model server has to do with them.
 */
export async function openDoors(url: string, client: Client, model: FakeOpenAI): Promise<OpenDoors> {
  const before = model.requests.length;
  const headers = { authorization: `Bearer ${client.token}` };
  const endpoint = (path = '') => new URL(`/api/chatkit${path}`, url).href;
  const ended = (answer: Promise<unknown>) => answer.catch((reason: unknown) => reason);
  const ask = (text: string, resume: boolean) =>
    call(endpoint(), {
      body: { type: 'threads.create', params: { input: messageInput(text) } },
      headers: { ...headers, ...(resume && { 'foyer-resume': '1' }) },
    });
  const asked = Object.entries(QUESTIONS).map(([name, text]) => ({
    name,
    closed: ended(ask(text, name === 'resumable')),
  }));
  await expect
    .poll(() => model.requests.length - before, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(Object.keys(QUESTIONS).length);

  const threads = new Map<string, string>();
  let resumable = '';
  const look = async () => {
    const listed = (await (await client.rest('GET', '/api/chatkit/runs')).json()) as { data: Run[] };
    for (const run of listed.data) {
      if (run.resumable) resumable = run.id;
      const items = await client.operation('items.list', { thread_id: run.thread_id, order: 'asc' });
      const { data } = (await items.json()) as { data: { content: { text: string }[] }[] };
      const question = data[0]?.content[0]?.text;
      const name = Object.entries(QUESTIONS).find(([, text]) => text === question)?.[0];
      if (name !== undefined) threads.set(name, run.thread_id);
    }
    return [threads.size, resumable !== ''];
  };
  await expect.poll(look, { timeout: 10_000 }).toEqual([Object.keys(QUESTIONS).length, true]);
  const reader = call(endpoint(`/runs/${resumable}`), { headers });
  const upload = endlessUpload(url, headers);
  // Until the answers have begun, so that there is something to keep.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return {
    doors: [
      ...asked,
      { name: 'reader', closed: ended(reader) },
      { name: 'upload', closed: upload },
      ...model.requests.slice(before).map(({ closed }, index) => ({
        name: `model ${index}`,
        closed,
      })),
    ],
    threads,
    runId: resumable,
  };
}

/** A direct upload that sends a byte now and then; resolves when the server has cut it. */
function endlessUpload(url: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(new URL('/api/attachments', url), {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': '100000' },
    });
    request.write(Buffer.alloc(1_000, 'x'));
    const sending = setInterval(() => request.write('x'), 50);
    const over = () => {
      clearInterval(sending);
      resolve();
    };
    request.on('error', over);
    request.on('response', (response) => response.on('close', over).resume());
    request.on('close', over);
  });
}
