/** What the endpoint adds to the protocol: heartbeats, turns that outlive their connection, and stopping them. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type ChatKitHandlers, newId } from '../../src-server/chatkit-server.ts';
import type { ThreadMetadata, ThreadStreamEvent } from '../../src-shared/chatkit/index.ts';
import {
  type Answer,
  call,
  eventsIn,
  newThread,
  type Person,
  startEndpoint,
  type TestEndpoint,
  type TestEndpointOptions,
} from '../support/endpoint.ts';

type Respond = ChatKitHandlers<Person>['respond'];

let endpoint: TestEndpoint;
afterEach(() => endpoint.close());
const start = async (options: TestEndpointOptions) => {
  endpoint = await startEndpoint(options);
};

const RESUME = { 'foyer-resume': '1' };
const runIdOf = (answer: Answer) => String(answer.headers['foyer-run-id']);
const runUrl = (id: string) => `${endpoint.url}/runs/${id}`;
const stop = async (id: string, user = 'ada') => {
  const answer = await call(`${runUrl(id)}/stop`, { method: 'POST', user });
  return { status: answer.status, body: JSON.parse(answer.text) as { id?: string; status?: string } };
};
const typesIn = (answer: Answer) =>
  eventsIn(answer.text).map(({ data }) => (JSON.parse(data) as ThreadStreamEvent).type);

/** Waits until something is so. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it never came true');
    await sleep(5);
  }
}

const message = (thread: ThreadMetadata, id: string, text: string) => ({
  type: 'assistant_message' as const,
  id,
  thread_id: thread.id,
  created_at: '2026-11-23T08:00:00.000Z',
  content: text === '' ? [] : [{ type: 'output_text' as const, text, annotations: [] }],
});
const delta = (item_id: string, text: string): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});

/** Says the pieces one after the other, with a pause before each. */
const saying = (pieces: readonly string[], pauseMs: number | ((index: number) => number)): Respond =>
  async function* (thread, _message, _context, signal) {
    const id = newId('message');
    yield { type: 'thread.item.added', item: message(thread, id, '') };
    for (const [index, piece] of pieces.entries()) {
      const pause = typeof pauseMs === 'number' ? pauseMs : pauseMs(index);
      if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      yield delta(id, piece);
    }
    yield { type: 'thread.item.done', item: message(thread, id, pieces.join('')) };
  };

const endless = (pauseMs: number, piece = 'word ') =>
  saying(
    Array.from({ length: 100_000 }, () => piece),
    pauseMs,
  );

async function storedTypes(user = 'ada'): Promise<string[]> {
  const person = { userId: user };
  const page = { limit: 100, after: null, order: 'asc' } as const;
  const { data } = await endpoint.store.loadThreads(page, person);
  const items = await Promise.all(
    data.map(({ id }) => endpoint.store.loadThreadItems(id, page, person).then((found) => found.data)),
  );
  return items.flat().map((item) => item.type);
}

const CANCELLED = ['user_message', 'assistant_message', 'sdk_hidden_context'];

describe('without the resume header', () => {
  it('the bytes are those of the protocol: no ids, no comments, no run', async () => {
    await start({ respond: saying(['a', 'b'], 0) });
    const answer = await call(endpoint.url, { body: newThread('Hi') });
    expect(answer.whole).toBe(true);
    expect(answer.headers['content-type']).toContain('text/event-stream');
    expect(answer.headers).not.toHaveProperty('foyer-run-id');
    expect(answer.text).toMatch(/^(data: [^\n]+\n\n)+$/);
    expect(eventsIn(answer.text)).toHaveLength(7);
  });

  it('a client that goes while the handler waits cancels its turn (disc-001)', async () => {
    await start({ respond: endless(50) });
    await call(endpoint.url, { body: newThread('Hi'), dropAfter: 1_200 });
    await until(async () => (await storedTypes()).length === 3);
    expect(await storedTypes()).toEqual(CANCELLED);
    expect(endpoint.runs.list('ada', null)).toEqual([]);
  });

  it('so does one that goes while the server is blocked writing to it (disc-002)', async () => {
    let produced = 0;
    const piece = 'x'.repeat(200_000);
    await start({
      respond: async function* (thread) {
        const id = newId('message');
        yield { type: 'thread.item.added', item: message(thread, id, '') };
        while (true) {
          produced += 1;
          yield delta(id, piece);
        }
      },
    });
    const gone = new AbortController();
    const answer = call(endpoint.url, {
      body: newThread('Hi'),
      bytesPerSecond: 20_000,
      signal: gone.signal,
    }).catch(() => undefined);
    await sleep(500);
    const blockedAt = produced;
    await sleep(500);
    expect(produced).toBe(blockedAt);
    expect(blockedAt).toBeLessThan(100);
    expect(endpoint.runs.bytes).toBeLessThan(1_000_000);
    gone.abort();
    await answer;
    await until(async () => (await storedTypes()).length === 3);
    expect(await storedTypes()).toEqual(CANCELLED);
    expect(endpoint.runs.bytes).toBe(0);
  });

  it('so does one that goes before the answer begins', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const gone = new AbortController();
    await start({
      respond: endless(1),
      endpoint: {
        contextOf: async () => {
          gone.abort();
          await begun;
          return { userId: 'ada' };
        },
      },
    });
    await call(endpoint.url, { body: newThread('Hi'), signal: gone.signal }).catch(() => undefined);
    await sleep(30);
    begin();
    await until(async () => (await storedTypes()).length === 2);
    expect(await storedTypes()).toEqual(['user_message', 'sdk_hidden_context']);
    expect(endpoint.runs.list('ada', null)).toEqual([]);
  });

  it('the turn can be seen and stopped from elsewhere, but not read', async () => {
    await start({ respond: endless(5) });
    const answer = call(endpoint.url, { body: newThread('Hi') });
    await until(() => endpoint.runs.list('ada', null).length === 1);
    const [run] = (JSON.parse((await call(`${endpoint.url}/runs`)).text) as { data: { id: string }[] }).data;
    expect(run).toMatchObject({ resumable: false });
    expect((await call(runUrl(run!.id))).status).toBe(410);
    await sleep(50);
    expect((await stop(run!.id)).body.status).toBe('stopped');
    expect((await answer).whole).toBe(true);
    expect(await storedTypes()).toEqual(CANCELLED);
  });
});

describe('a turn that can be resumed', () => {
  it('has numbered events and goes on from where the client was', async () => {
    await start({ respond: saying(['one ', 'two ', 'three'], 20) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 900 });
    expect(first.whole).toBe(false);
    const seen = eventsIn(first.text);
    expect(seen.map(({ id }) => id)).toEqual(seen.map((_, index) => index + 1));
    const rest = await call(runUrl(runIdOf(first)), {
      headers: { 'last-event-id': String(seen.length) },
    });
    expect(rest.whole).toBe(true);
    expect(eventsIn(rest.text)[0]?.id).toBe(seen.length + 1);
    expect(await storedTypes()).toEqual(['user_message', 'assistant_message']);
    const query = await call(`${runUrl(runIdOf(first))}?after=${seen.length}`);
    expect(query.text).toBe(rest.text);
  });

  it('answers 204 to who has everything, 404 for what is not there, 410 for what was never sent', async () => {
    await start({ respond: saying(['one'], 0) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME });
    const last = eventsIn(first.text).length;
    const status = async (id: string, lastEventId: string, user = 'ada') =>
      (await call(runUrl(id), { headers: { 'last-event-id': lastEventId }, user })).status;
    expect(await status(runIdOf(first), String(last))).toBe(204);
    expect(await status(runIdOf(first), String(last + 1))).toBe(410);
    expect(await status(runIdOf(first), '-1')).toBe(422);
    expect(await status(runIdOf(first), 'x')).toBe(422);
    expect(await status('run_unknown', '0')).toBe(404);
    expect(await status(runIdOf(first), '0', 'bea')).toBe(404);
  });

  it('is nobody else’s: not to read, not to list, not to stop', async () => {
    await start({ respond: endless(10) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 900 });
    const id = runIdOf(first);
    expect((await call(runUrl(id), { user: 'bea' })).status).toBe(404);
    expect((await call(`${endpoint.url}/runs`, { user: 'bea' })).text).toBe('{"data":[]}');
    expect((await stop(id, 'bea')).status).toBe(404);
    expect(endpoint.runs.list('ada', null)).toMatchObject([{ id }]);
  });

  it('is listed by thread while it runs, and stops from another connection with what it had', async () => {
    await start({ respond: endless(10) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 1_500 });
    const id = runIdOf(first);
    const [created] = eventsIn(first.text).map(({ data }) => JSON.parse(data) as ThreadStreamEvent);
    const threadId = created?.type === 'thread.created' ? created.thread.id : '';
    const list = async (query: string) =>
      (
        JSON.parse((await call(`${endpoint.url}/runs${query}`)).text) as {
          data: { id: string; thread_id: string; last_event_id: number }[];
        }
      ).data;
    const [listed] = await list(`?thread_id=${threadId}`);
    expect(listed).toMatchObject({ id, thread_id: threadId, resumable: true });
    expect(listed?.last_event_id).toBeGreaterThan(0);
    expect(await list('?thread_id=thr_other')).toEqual([]);

    const reading = call(runUrl(id));
    await sleep(50);
    expect(await stop(id)).toEqual({ status: 200, body: { id, status: 'stopped' } });
    expect(await storedTypes()).toEqual(CANCELLED);
    expect(await stop(id)).toEqual({ status: 200, body: { id, status: 'stopped' } });
    expect(await storedTypes()).toEqual(CANCELLED);
    expect((await reading).whole).toBe(true);
    expect(await list('')).toEqual([]);
  });

  it('is stopped before its thread is deleted', async () => {
    await start({ respond: endless(5) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 1_500 });
    const [run] = endpoint.runs.list('ada', null);
    const deletion = (user: string) =>
      call(endpoint.url, {
        body: { type: 'threads.delete', params: { thread_id: run!.threadId } },
        user,
      });
    await deletion('bea');
    expect(endpoint.runs.list('ada', null)).toHaveLength(1);
    expect((await deletion('ada')).text).toBe('{}');
    expect(endpoint.runs.list('ada', null)).toEqual([]);
    expect(await storedTypes()).toEqual([]);
    expect((await stop(runIdOf(first))).body.status).toBe('stopped');
  });

  it('breaks the connection of a reader for which it is gone, and keeps its memory bounded', async () => {
    const text = 'x'.repeat(100_000);
    await start({
      respond: async function* () {
        for (let count = 0; count < 300; count += 1) yield { type: 'progress_update', text };
      },
      limits: { runBytes: 1_000_000, stalledMs: 200 },
    });
    const gone = new AbortController();
    const slow = call(endpoint.url, {
      body: newThread('Hi'),
      headers: RESUME,
      bytesPerSecond: 1_000,
      signal: gone.signal,
    });
    await until(() => endpoint.runs.list('ada', null).length === 1);
    const id = endpoint.runs.list('ada', null)[0]!.id;
    await until(() => endpoint.runs.list('ada', null).length === 0);
    expect(endpoint.runs.bytes).toBeLessThanOrEqual(1_000_000);
    expect((await call(runUrl(id), { headers: { 'last-event-id': '3' } })).status).toBe(410);
    gone.abort();
    expect((await slow).whole).toBe(false);
    expect(await storedTypes()).toEqual(['user_message']);
  });

  it('ends with its process, and everything is written then', async () => {
    await start({ respond: endless(5) });
    await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 1_500 });
    const attached = call(runUrl(endpoint.runs.list('ada', null)[0]!.id));
    await sleep(30);
    await endpoint.runs.close();
    expect(await storedTypes()).toEqual(CANCELLED);
    expect((await attached).whole).toBe(true);
  });

  it('leaves nothing behind after many clients have come and gone', async () => {
    await start({ respond: endless(2) });
    const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 900 });
    const warnings: string[] = [];
    const warn = (warning: Error) => warnings.push(warning.message);
    process.on('warning', warn);
    const comeAndGo = () => call(runUrl(runIdOf(first)), { dropAfter: 500 });
    await comeAndGo();
    const before = process.getActiveResourcesInfo().length;
    for (let round = 0; round < 100; round += 1) await comeAndGo();
    await until(() => process.getActiveResourcesInfo().length <= before + 2);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
    expect(endpoint.runs.list('ada', null)).toHaveLength(1);
  });
});

it('sends a comment while nothing else is sent, and only then', async () => {
  await start({
    respond: saying(['one', 'two', 'three'], (index) => (index === 1 ? 250 : 10)),
    endpoint: { heartbeatMs: 60 },
  });
  const answer = await call(endpoint.url, { body: newThread('Hi') });
  const beats = answer.text.split(': keep-alive\n\n').length - 1;
  expect(beats).toBeGreaterThanOrEqual(2);
  expect(beats).toBeLessThanOrEqual(4);
  expect(typesIn(answer)).toHaveLength(8);
  expect(answer.text.indexOf('"two"')).toBeGreaterThan(answer.text.lastIndexOf(': keep-alive'));
  expect(answer.text.indexOf('"one"')).toBeLessThan(answer.text.indexOf(': keep-alive'));
});

it('whatever the network does, everything arrives once and in order, and the store is that of a quiet day', async () => {
  const scripts = new Map<string, Respond>();
  await start({
    respond: async function* (thread, user, context, signal) {
      const key = user?.content[0]?.type === 'input_text' ? user.content[0].text : '';
      yield* scripts.get(key)!(thread, user, context, signal);
    },
  });
  /** Ids and times differ from run to run; everything else has to agree. */
  const normal = (text: string) => {
    const ids = new Map<string, string>();
    return text
      .replace(/\b(thr|msg)_[0-9a-f]{30}\b/g, (id) => {
        ids.set(id, ids.get(id) ?? `id${ids.size}`);
        return ids.get(id)!;
      })
      .replace(/"created_at":"[^"]*"/g, '"created_at":""');
  };
  const storeOf = async (user: string) => {
    const page = { limit: 100, after: null, order: 'asc' } as const;
    const threads = (await endpoint.store.loadThreads(page, { userId: user })).data;
    const items = await Promise.all(
      threads.map(({ id }) => endpoint.store.loadThreadItems(id, page, { userId: user })),
    );
    return normal(JSON.stringify({ threads, items }));
  };

  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 25 }),
      fc.array(fc.nat(4), { minLength: 25, maxLength: 25 }),
      fc.array(fc.nat(2_500), { maxLength: 8 }),
      async (pieces, pauses, drops) => {
        round += 1;
        const [quiet, stormy] = [`quiet ${round}`, `stormy ${round}`];
        scripts.set(
          `${round}`,
          saying(pieces, (index) => pauses[index] ?? 0),
        );
        const body = newThread(`${round}`);

        const whole = await call(endpoint.url, { body, user: quiet });
        const received: { id: number | null; data: string }[] = [];
        const first = await call(endpoint.url, {
          body,
          user: stormy,
          headers: RESUME,
          dropAfter: (drops[0] ?? 100) + 1,
        });
        received.push(...eventsIn(first.text));
        let done = first.whole;
        for (const drop of [...drops.slice(1), Number.POSITIVE_INFINITY]) {
          if (done) break;
          const answer = await call(runUrl(runIdOf(first)), {
            user: stormy,
            headers: { 'last-event-id': String(received.at(-1)?.id ?? 0) },
            dropAfter: drop + 1,
          });
          // 204: the connection broke between the last event and the end.
          expect([200, 204]).toContain(answer.status);
          received.push(...eventsIn(answer.text));
          done = answer.whole;
        }

        expect(done).toBe(true);
        expect(received.map(({ id }) => id)).toEqual(received.map((_, index) => index + 1));
        expect(normal(received.map(({ data }) => data).join('\n'))).toBe(
          normal(
            eventsIn(whole.text)
              .map(({ data }) => data)
              .join('\n'),
          ),
        );
        expect(await storeOf(stormy)).toBe(await storeOf(quiet));
      },
    ),
    { numRuns: 40, interruptAfterTimeLimit: 15_000 },
  );
  expect(round).toBeGreaterThan(20);
}, 30_000);

describe('errors of an endpoint that stands alone', () => {
  const refused = async (options: Parameters<typeof call>[1]) => {
    const answer = await call(endpoint.url, options);
    return [answer.status, (JSON.parse(answer.text) as { error: { code: string } }).error.code];
  };

  it('are JSON with a code, and say nothing of their cause', async () => {
    await start({
      respond: saying(['a'], 0),
      handlers: {
        addFeedback: async () => {
          throw new Error('secret path /srv/x');
        },
      },
      endpoint: { bodyLimit: 1_000 },
    });
    expect(await refused({ body: { type: 'threads.fly', params: {} } })).toEqual([400, 'unknown_operation']);
    expect(await refused({ body: { type: 'threads.create', params: {} } })).toEqual([422, 'validation']);
    expect(await refused({ body: newThread('x'.repeat(1_000)) })).toEqual([413, 'too_large']);
    expect(await refused({ method: 'POST' })).toEqual([415, 'unsupported_media_type']);
    expect(
      await refused({ body: { type: 'items.list', params: { thread_id: 'thr_x' } }, user: 'ada' }),
    ).toEqual([404, 'not_found']);
    const { id } = JSON.parse(eventsIn((await call(endpoint.url, { body: newThread('Hi') })).text)[0]!.data)
      .thread as { id: string };
    const params = { thread_id: id, item_ids: ['msg_1'], kind: 'positive' };
    const answer = await call(endpoint.url, { body: { type: 'items.feedback', params } });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
    expect(endpoint.logged.join()).toContain('secret path');
  });

  it('callers that nobody knows get the refusal of the application', async () => {
    await start({ respond: saying(['a'], 0) });
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: 'invalid_json' } },
    ]);
    const runs = await fetch(`${endpoint.url}/runs`);
    expect([runs.status, await runs.json()]).toEqual([
      401,
      { error: { code: 'unauthorized', message: 'Please sign in.' } },
    ]);
  });

  it('a store that breaks while a turn runs cuts the stream, so that nobody takes it for whole', async () => {
    await start({
      respond: endless(5),
      handlers: {
        handleStreamCancelled: async () => {
          throw new Error('disk full');
        },
      },
    });
    const answer = call(endpoint.url, { body: newThread('Hi'), headers: RESUME });
    await until(() => (endpoint.runs.list('ada', null)[0]?.lastFrame ?? 0) > 5);
    const { id } = endpoint.runs.list('ada', null)[0]!;
    expect((await stop(id)).body.status).toBe('failed');
    expect((await answer).whole).toBe(false);
    expect(endpoint.logged.join()).toContain('disk full');
  });
});

it('without an owner there are no runs to see: no resume header, no routes', async () => {
  await start({ respond: endless(5), endpoint: { ownerOf: undefined } as object });
  const first = await call(endpoint.url, { body: newThread('Hi'), headers: RESUME, dropAfter: 1_500 });
  expect(first.headers).not.toHaveProperty('foyer-run-id');
  expect(first.text).not.toContain('id: ');
  await until(async () => (await storedTypes()).length === 3);
  expect((await call(`${endpoint.url}/runs`)).status).toBe(404);
});
