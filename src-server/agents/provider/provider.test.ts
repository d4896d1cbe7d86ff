import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ModelProblem } from '../failures/problem.ts';
import { chunkRepair } from './chunk-repair.ts';
import { eventStream } from './event-stream.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { idleWatch } from './idle-watch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function problemOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof ModelProblem ? error.kind : String(error);
  }
  return 'none';
}

describe('mending chunks', () => {
  const mend = (...chunks: unknown[]) => {
    const repair = chunkRepair();
    return chunks.map((chunk) => JSON.parse(repair(JSON.stringify(chunk))).choices[0]);
  };
  const calls = (...tool_calls: unknown[]) => ({ choices: [{ index: 0, delta: { tool_calls } }] });
  const heard = (choices: { delta: { tool_calls: { index: number; function: object }[] } }[]) =>
    choices.flatMap(({ delta }) => delta.tool_calls.map((call) => ({ i: call.index, ...call.function })));

  it('leaves good text chunks as they are, to the letter', () => {
    const data = '{"choices":[ {"index":0,"delta":{"content":"Hi"}} ]}';
    expect(chunkRepair()(data)).toBe(data);
    expect(chunkRepair()('not json "tool_calls"')).toBe('not json "tool_calls"');
  });

  it('numbers choices and calls that have no index', () => {
    expect(mend({ choices: [{ delta: { content: 'x' } }] })[0]).toMatchObject({ index: 0 });
    const mended = mend(
      calls({ function: { name: 'a', arguments: '{}' } }),
      calls({ id: 'c2', function: { name: 'a', arguments: '{"x"' } }),
      calls({ function: { arguments: ':1}' } }),
    );
    expect(heard(mended)).toEqual([
      { i: 0, name: 'a', arguments: '{}' },
      { i: 1, name: 'a', arguments: '{"x"' },
      { i: 1, name: '', arguments: ':1}' },
    ]);
    expect(mended[0].delta.tool_calls[0].id).toMatch(/^call_/);
  });

  it('keeps calls apart that share the index 0', () => {
    const mended = mend(
      calls({ index: 0, id: 'c1', function: { name: 'a', arguments: '{}' } }),
      calls({ index: 0, id: 'c2', function: { name: 'b', arguments: '{}' } }),
    );
    expect(heard(mended).map(({ i }) => i)).toEqual([0, 1]);
  });

  it('writes objects as JSON and a repeated name once', () => {
    const mended = mend(
      calls({ index: 0, id: 'c1', function: { name: 'get', arguments: '' } }),
      calls({ index: 0, id: 'c1', function: { name: 'get', arguments: { city: 'Paris' } } }),
    );
    expect(heard(mended)).toEqual([
      { i: 0, name: 'get', arguments: '' },
      { i: 0, name: '', arguments: '{"city":"Paris"}' },
    ]);
  });

  it('joins fragments of good calls by their index', () => {
    const mended = mend(
      calls(
        { index: 0, id: 'c1', function: { name: 'a', arguments: '' } },
        { index: 1, id: 'c2', function: { name: 'b', arguments: '' } },
      ),
      calls({ index: 0, function: { arguments: '{}' } }),
      calls({ index: 1, function: { arguments: '[]' } }),
    );
    expect(heard(mended).slice(2)).toEqual([
      { i: 0, name: '', arguments: '{}' },
      { i: 1, name: '', arguments: '[]' },
    ]);
  });

  it('flattens content that comes as parts', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'Hello' },
    ];
    const [choice] = mend({ choices: [{ index: 0, delta: { content } }] });
    expect(choice.delta).toMatchObject({ content: 'Hello', reasoning_content: 'hm' });
  });
});

describe('the event stream', () => {
  const done = 'data: {"type":"response.completed"}\n\n';

  it('passes events on, however they are cut', () => {
    const stream = eventStream('responses');
    const source = `: hello\r\nevent: x\r\ndata: {"t":"é"}\r\n\r\n${done}`;
    const out: Uint8Array[] = [];
    for (const byte of bytes(source)) out.push(stream.feed(Uint8Array.of(byte)));
    out.push(stream.end());
    expect(Buffer.concat(out).toString()).toBe(`${source}\n\n`);
    expect(stream.complete).toBe(true);
  });

  it('passes on mended events, however they are cut', () => {
    const stream = eventStream('chat');
    const source =
      ': hello\r\nevent: x\r\ndata: {"choices":[{"index":0,"delta":{"content":"é"}}]}\r\n\r\ndata: [DONE]\n\n';
    const out: Uint8Array[] = [];
    for (const byte of bytes(source)) out.push(stream.feed(Uint8Array.of(byte)));
    out.push(stream.end());
    expect(Buffer.concat(out).toString()).toBe(
      'event: x\ndata: {"choices":[{"index":0,"delta":{"content":"é"}}]}\n\ndata: [DONE]\n\n',
    );
  });

  it('accepts a last event without a blank line', () => {
    const stream = eventStream('chat');
    stream.feed(bytes('data: {"choices":[{"index":0,"finish_reason":"stop"}]}\n\n'));
    stream.feed(bytes('data: [DONE]'));
    expect(Buffer.from(stream.end()).toString()).toContain('[DONE]');
  });

  it('tells a cut answer from a complete one', () => {
    const cut = eventStream('chat');
    cut.feed(bytes('data: {"choices":[{"index":0,"finish_reason":null}]}\n\n'));
    expect(cut.complete).toBe(false);
    expect(problemOf(() => cut.end())).toBe('cut');
    // The answer itself may speak of such things.
    const talk = eventStream('chat');
    const content = 'say "finish_reason":"stop"';
    talk.feed(bytes(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`));
    expect(problemOf(() => talk.end())).toBe('cut');
  });

  it('does not take a page for an answer, nor an event without end', () => {
    const page = eventStream('chat');
    page.feed(bytes('<html>'));
    expect(problemOf(() => page.end())).toBe('not-a-model-server');
    const endless = eventStream('chat');
    const block = bytes('x'.repeat(1_000_000));
    const kind = problemOf(() => {
      for (let at = 0; at < 40; at += 1) endless.feed(block);
    });
    expect(kind).toBe('garbled');
  });
});

describe('the guarded fetch', () => {
  const baseUrl = 'http://127.0.0.1:1/v1';
  const guard = (fetch: typeof globalThis.fetch, idleMs = 60) =>
    guardedFetch({ baseUrl, mode: 'chat', idleMs, fetch });
  const sse = { headers: { 'content-type': 'text/event-stream' } };
  const read = async (response: Response) => {
    try {
      return await response.text();
    } catch (error) {
      return error instanceof ModelProblem ? error.kind : String(error);
    }
  };

  it('goes to no other origin than the connection’s', async () => {
    const fetch = vi.fn();
    for (const url of ['http://127.0.0.1:2/v1/x', 'https://127.0.0.1:1/v1', 'http://evil.example/v1']) {
      expect(await read(await guard(fetch)(url, {}))).toBe('redirected');
    }
    expect(fetch).not.toHaveBeenCalled();
  });

  it('follows no redirect', async () => {
    const fetch = vi.fn(
      async () => new Response(null, { status: 302, headers: { location: 'http://evil.example' } }),
    );
    expect(await read(await guard(fetch)(`${baseUrl}/x`, {}))).toBe('redirected');
    expect(fetch.mock.calls[0]).toMatchObject([expect.anything(), { redirect: 'manual' }]);
  });

  it.each(['text/html; charset=utf-8', 'application/json', 'application/xml'])('refuses %s', async (type) => {
    const fetch = async () => new Response('{}', { headers: { 'content-type': type } });
    expect(await read(await guard(fetch)(`${baseUrl}/x`, {}))).toBe('not-a-model-server');
  });

  it('reads only so much of an error, and hands on only what the client needs', async () => {
    const fetch = async () =>
      new Response('x'.repeat(1_000_000), {
        status: 500,
        headers: { 'set-cookie': 'a=b', 'retry-after': '1' },
      });
    const response = await guard(fetch)(`${baseUrl}/x`, {});
    expect(response.status).toBe(500);
    expect((await response.text()).length).toBeLessThanOrEqual(65_536);
    expect([...response.headers.keys()].sort()).toEqual(['content-type', 'retry-after']);
  });

  it('does not wait for the end of a connection whose answer is complete', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(bytes('data: {"choices":[{"index":0,"finish_reason":"stop"}]}\n\n')),
    });
    vi.useFakeTimers();
    try {
      const fetch = async (_url: unknown, init?: RequestInit) => {
        init?.signal?.addEventListener('abort', () => abort(init.signal?.reason));
        return new Response(body.pipeThrough(endedBy((reject) => (abort = reject))), sse);
      };
      let abort: (reason: unknown) => void = () => undefined;
      const text = guard(fetch, 60_000)(`${baseUrl}/x`, {}).then(read);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await text).toContain('"finish_reason":"stop"');
    } finally {
      vi.useRealTimers();
    }
  });
});

/** A stream that fails when told to, as the body of a `fetch` does when it is aborted. */
function endedBy(
  register: (fail: (reason: unknown) => void) => void,
): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({ start: (controller) => register((reason) => controller.error(reason)) });
}

describe('the watch for silence', () => {
  it('runs out only when nothing happens', async () => {
    const watch = idleWatch(40);
    for (let at = 0; at < 6; at += 1) {
      await sleep(20);
      watch.touch();
    }
    expect(watch.expired).toBe(false);
    await sleep(200);
    expect(watch.expired).toBe(true);
    expect(watch.signal.aborted).toBe(true);
  });

  it('looks twice after the process stood still', async () => {
    const watch = idleWatch(20);
    const until = performance.now() + 60;
    while (performance.now() < until);
    await sleep(5);
    watch.touch(1_000);
    await sleep(100);
    expect(watch.expired).toBe(false);
    watch.stop();
  });
});
