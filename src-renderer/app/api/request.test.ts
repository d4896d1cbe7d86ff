import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Call, send } from './request.ts';

const shape = z.object({ name: z.string() });

function transport(answer: Response | Error) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const heard = { onSessionEnded: vi.fn(), onHistoryClosed: vi.fn(), onMustSeal: vi.fn() };
  return { fetch, language: () => 'fr', refusals: () => heard, ...heard };
}

const get: Call<{ name: string }> = { method: 'GET', path: '/api/thing', answer: shape };

describe('send', () => {
  it('returns a checked answer', async () => {
    const t = transport(Response.json({ name: 'Ada', more: 1 }));
    expect(await send(t, get)).toEqual({ ok: true, value: { name: 'Ada' } });
    expect(t.onSessionEnded).not.toHaveBeenCalled();
  });

  it('sends JSON with the cookie, in the language of the page, and follows no redirect', async () => {
    const t = transport(Response.json({ name: 'Ada' }));
    await send(t, { ...get, method: 'POST', body: { a: 1 } });
    const [path, init] = t.fetch.mock.calls[0]!;
    expect(path).toBe('/api/thing');
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      body: '{"a":1}',
    });
    expect(new Headers(init?.headers).get('Accept-Language')).toBe('fr');
    expect(new Headers(init?.headers).get('Content-Type')).toBe('application/json');
    expect(new Headers(init?.headers).has('Authorization')).toBe(false);
  });

  it('sends neither body nor content type with a GET', async () => {
    const t = transport(Response.json({ name: 'Ada' }));
    await send(t, get);
    const init = t.fetch.mock.calls[0]![1]!;
    expect('body' in init).toBe(false);
    expect(new Headers(init.headers).has('Content-Type')).toBe(false);
  });

  it('takes a refusal apart', async () => {
    const t = transport(Response.json({ error: { code: 'email_taken', message: 'taken' } }, { status: 400 }));
    expect(await send(t, get)).toEqual({
      ok: false,
      failure: { kind: 'refused', status: 400, code: 'email_taken', message: 'taken' },
    });
    expect(t.onSessionEnded).not.toHaveBeenCalled();
  });

  it('reports a session that ended', async () => {
    const t = transport(Response.json({ error: { code: 'unauthorized', message: '' } }, { status: 401 }));
    await send(t, get);
    expect(t.onSessionEnded).toHaveBeenCalledOnce();
  });

  it('does not take a wrong password for an ended session', async () => {
    const t = transport(
      Response.json({ error: { code: 'invalid_credentials', message: '' } }, { status: 401 }),
    );
    await send(t, get);
    expect(t.onSessionEnded).not.toHaveBeenCalled();
  });

  it('reports an account that has to be sealed first, and no other refusal as one', async () => {
    const t = transport(
      Response.json({ error: { code: 'account_not_sealed', message: '' } }, { status: 403 }),
    );
    expect(await send(t, get)).toMatchObject({ failure: { code: 'account_not_sealed' } });
    expect(t.onMustSeal).toHaveBeenCalledOnce();
    const forbidden = transport(
      Response.json({ error: { code: 'forbidden', message: '' } }, { status: 403 }),
    );
    await send(forbidden, get);
    expect(forbidden.onMustSeal).not.toHaveBeenCalled();
  });

  it('says so when nobody answers', async () => {
    const t = transport(new TypeError('Failed to fetch'));
    expect(await send(t, get)).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  it.each([
    ['an answer of another shape', Response.json({ name: 7 }), 200],
    ['an answer that is no JSON', new Response('<html>'), 200],
    ['an error page of a proxy', new Response('<html>', { status: 502 }), 502],
    ['an error without a code', Response.json({ detail: 'x' }, { status: 500 }), 500],
  ])('is not fooled by %s', async (_name, answer, status) => {
    expect(await send(transport(answer), get)).toEqual({
      ok: false,
      failure: { kind: 'unexpected', status },
    });
  });

  it('accepts an empty 204 only where none other is expected', async () => {
    const nothing: Call<void> = { method: 'DELETE', path: '/api/thing', answer: null };
    expect(await send(transport(new Response(null, { status: 204 })), nothing)).toEqual({
      ok: true,
      value: undefined,
    });
    expect((await send(transport(new Response('hello')), nothing)).ok).toBe(false);
    expect((await send(transport(new Response(null, { status: 204 })), get)).ok).toBe(false);
  });
});
