import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../../../tests/fake-openai/server.ts';
import { ModelProblem } from '../failures/problem.ts';
import type { CallMeter, RequestEnd, RequestSize } from './call-meter.ts';
import { meteredFetch } from './metered-fetch.ts';

let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAI({ counts: true });
});
afterAll(() => fake.close());

/** A meter that notes everything and grants so many tokens. */
function noting(outputTokens: number | null = null) {
  const sizes: RequestSize[] = [];
  const ends: RequestEnd[] = [];
  const meter: CallMeter = {
    begin(size) {
      sizes.push(size);
      return { outputTokens, end: (end) => void ends.push(end) };
    },
  };
  return { sizes, ends, meter };
}

const PATHS = { responses: '/responses', chat: '/chat/completions' };

function request(
  mode: ConnectionMode,
  text: string,
  options: { meter: CallMeter; url?: string; signal?: AbortSignal; hidesThoughts?: boolean; extra?: object },
): Promise<Response> {
  const baseUrl = options.url ?? fake.url;
  const messages = [{ role: 'user', content: text }];
  const body = mode === 'chat' ? { messages, stream_options: { include_usage: true } } : { input: messages };
  const send = meteredFetch({
    baseUrl,
    mode,
    idleMs: 2_000,
    fetch,
    meter: options.meter,
    hidesThoughts: options.hidesThoughts ?? false,
  });
  return send(`${baseUrl}${PATHS[mode]}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'fake-model', stream: true, ...body, ...options.extra }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

describe.each(['responses', 'chat'] as const)('a metered request in %s mode', (mode) => {
  it('is charged what the server reports, and asks for no more than was granted', async () => {
    const { meter, ends, sizes } = noting(5);
    await (await request(mode, 'Hello there, how are you today? [burst:40]', { meter })).text();
    const line = fake.bill.at(-1);
    expect(ends).toEqual([
      { kind: 'reported', tokens: { input: line?.input, cached: line?.cached, output: 5 } },
    ]);
    expect(sizes[0]?.inputTokens).toBeGreaterThan(line?.input ?? 0);
    expect(sizes[0]?.outputTokens).toBeNull();
  });

  it('tells the limit that the request already has', async () => {
    const { meter, sizes } = noting();
    const field = mode === 'chat' ? 'max_tokens' : 'max_output_tokens';
    await (await request(mode, 'Hello', { meter, extra: { [field]: 33 } })).text();
    expect(sizes[0]?.outputTokens).toBe(33);
  });

  it('is free when the server refuses it, or is not there', async () => {
    const refused = noting();
    expect((await request(mode, '[status:500]', refused)).status).toBe(500);
    expect(refused.ends).toEqual([{ kind: 'free' }]);
    const away = noting();
    const closed = await startFakeOpenAI();
    await closed.close();
    await expect(request(mode, 'x', { ...away, url: closed.url })).rejects.toThrow();
    expect(away.ends).toEqual([{ kind: 'free' }]);
    const page = noting();
    await expect((await request(mode, '[html]', page)).text()).rejects.toThrow(ModelProblem);
    expect(page.ends).toEqual([{ kind: 'free' }]);
  });

  it('costs the worst case when it is cut off without a report', async () => {
    const { meter, ends } = noting();
    await expect((await request(mode, '[cut]', { meter })).text()).rejects.toThrow();
    expect(ends).toEqual([{ kind: 'worst-case' }]);
  });

  it.each([false, true])('is estimated when we stop it; thoughts out of sight: %s', async (hidesThoughts) => {
    const { meter, ends } = noting();
    const stop = new AbortController();
    const response = await request(mode, '[slow:20]', { meter, signal: stop.signal, hidesThoughts });
    const reader = response.body?.getReader();
    await reader?.read();
    stop.abort();
    await reader?.read().catch(() => undefined);
    await sleep(50);
    expect(ends).toHaveLength(1);
    const [end] = ends;
    if (hidesThoughts) expect(end).toEqual({ kind: 'worst-case' });
    else if (end?.kind !== 'estimated') throw new Error(`it ended as ${end?.kind}`);
    else expect(end.outputTokens).toBeGreaterThanOrEqual(fake.bill.at(-1)?.output ?? 0);
  });

  it('is not sent when it is refused, and is not tried again', async () => {
    const before = fake.requests.length;
    const response = await request(mode, 'Hello', { meter: { begin: () => ({ refused: 'budget-month' }) } });
    await expect(response.text()).rejects.toMatchObject({ kind: 'budget-month' });
    expect(fake.requests.length).toBe(before);
  });
});

it('counts an image by what it can cost, not by the length of its Base64', async () => {
  const { meter, sizes } = noting();
  const image = `data:image/png;base64,${'A'.repeat(400_000)}`;
  await (await request('chat', `look: ${image}`, { meter })).text();
  expect(sizes[0]?.inputTokens).toBeGreaterThan(50_000);
  expect(sizes[0]?.inputTokens).toBeLessThan(60_000);
});
