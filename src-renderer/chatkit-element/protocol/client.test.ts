import { describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';

type Fetch = typeof fetch;
const none = new AbortController().signal;

function client(hostFetch: Fetch, locale = 'fr-FR') {
  return createClient(
    () => ({ url: '/api/chatkit', fetch: hostFetch, locale, resume: false }),
    () => {},
  );
}
const json =
  (body: unknown, status = 200) =>
  async () =>
    new Response(JSON.stringify(body), { status });

describe('client', () => {
  it("posts JSON with the one active locale through the host's fetch", async () => {
    const send = vi.fn<Fetch>(json({ data: [], has_more: false }));
    await client(send).listThreads({ limit: 30, order: 'desc' }, none);
    const [url, init] = send.mock.calls[0]!;
    expect(url).toBe('/api/chatkit');
    expect(init).toMatchObject({
      method: 'POST',
      headers: { 'Accept-Language': 'fr-FR', Accept: 'application/json' },
    });
    expect(JSON.parse(String(init?.body))).toEqual({
      type: 'threads.list',
      params: { limit: 30, order: 'desc' },
    });
  });

  it.each([
    [401, 'unauthorized'],
    [404, 'not_found'],
    [400, 'http'],
    [429, 'http'],
    [500, 'http'],
  ])('tells status %i as %s, with the words of the server', async (status, code) => {
    const refused = client(json({ error: { code: 'x', message: 'Because.' } }, status)).getThread(
      'thr_1',
      none,
    );
    await expect(refused).rejects.toMatchObject({
      code,
      status,
      serverCode: 'x',
      message: 'Because.',
      forPeople: true,
    });
  });

  it('does not show a page of HTML to people', async () => {
    const refused = client(async () => new Response('<h1>Bad gateway</h1>', { status: 502 })).deleteThread(
      'thr_1',
    );
    await expect(refused).rejects.toMatchObject({ code: 'http', status: 502, forPeople: false });
  });

  it('never sends a request twice', async () => {
    const send = vi.fn<Fetch>(async () => {
      throw new TypeError('network down');
    });
    const events = client(send).stream(
      { type: 'threads.retry_after_item', params: { thread_id: 't', item_id: 'i' } },
      none,
    );
    await expect(events.next()).rejects.toMatchObject({ code: 'network' });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('survives a host function that has vanished', async () => {
    const gone = (() => undefined) as unknown as Fetch;
    await expect(client(gone).deleteThread('t')).rejects.toMatchObject({ code: 'network' });
  });

  it('refuses answers that are not the protocol', async () => {
    await expect(client(json('what')).getThread('t', none)).rejects.toMatchObject({ code: 'protocol' });
    await expect(client(async () => new Response('no json')).getThread('t', none)).rejects.toMatchObject({
      code: 'protocol',
    });
  });

  it('passes an abort through unchanged', async () => {
    const stop = new AbortController();
    const send: Fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('stop', 'AbortError')));
      });
    const loading = client(send).getThread('t', stop.signal);
    stop.abort();
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
