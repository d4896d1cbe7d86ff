import { describe, expect, it, vi } from 'vitest';
import { ada as user } from '../testing/fake-api.ts';
import { createApi } from './api.ts';

function client(answer: unknown, status = 200) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () =>
    status === 204 ? new Response(null, { status }) : Response.json(answer, { status }),
  );
  const api = createApi({
    fetch,
    language: () => 'en',
    refusals: () => ({ onSessionEnded: () => undefined, onHistoryClosed: () => undefined }),
  });
  const sent = () => {
    const [path, init] = fetch.mock.calls[0]!;
    return [init?.method, path, init?.body === undefined ? undefined : JSON.parse(String(init.body))];
  };
  return { api, sent };
}

describe('createApi', () => {
  it('keeps the person of a sign-in and lets the token go', async () => {
    const { api, sent } = client({ access_token: 'secret', token_type: 'bearer', user });
    const result = await api.signIn({ email: 'ada@example.org', password: 'pass word' }, true);
    expect(result).toEqual({ ok: true, value: user });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(sent()).toEqual([
      'POST',
      '/api/auth/login',
      { email: 'ada@example.org', password: 'pass word', window: 'show' },
    ]);
  });

  it('sends the token of the first run in the body, never in the address', async () => {
    const { api, sent } = client({ access_token: 'secret', token_type: 'bearer', user }, 201);
    expect(await api.setUp('one-time', { email: 'a@b.fr', password: '12345678' })).toEqual({
      ok: true,
      value: user,
    });
    expect(sent()).toEqual([
      'POST',
      '/api/setup',
      { token: 'one-time', email: 'a@b.fr', password: '12345678' },
    ]);
  });

  it('unwraps whether a set-up is needed', async () => {
    expect(await client({ needed: true }).api.setupNeeded()).toEqual({ ok: true, value: true });
  });

  it('names the fields of a change of password as the interface does', async () => {
    const { api, sent } = client(null, 204);
    expect((await api.changeOwnPassword('old', 'new-password')).ok).toBe(true);
    expect(sent()).toEqual([
      'POST',
      '/api/users/me/password',
      { current_password: 'old', new_password: 'new-password' },
    ]);
  });

  it('creates people with a role', async () => {
    const { api, sent } = client(user, 201);
    await api.createUser({ email: 'a@b.fr', password: '12345678' }, 'guest');
    expect(sent()).toEqual([
      'POST',
      '/api/admin/users',
      { email: 'a@b.fr', password: '12345678', role: 'guest' },
    ]);
  });

  it('cannot be led to another path by an id', async () => {
    const { api, sent } = client(null, 204);
    await api.deleteUser('../../auth/logout?x=');
    expect(sent()).toEqual(['DELETE', '/api/admin/users/..%2F..%2Fauth%2Flogout%3Fx%3D', undefined]);
  });

  it('refuses a list with a damaged person in it', async () => {
    const damaged = { people: [user, { id: 1 }], total: 2, next: null, administrators: 1 };
    expect((await client(damaged).api.people.page({})).ok).toBe(false);
  });

  it('sends null to forget the key', async () => {
    const { api, sent } = client({}, 200);
    expect((await api.updateSettings({ api_key: null })).ok).toBe(false);
    expect(sent()).toEqual(['PUT', '/api/admin/settings', { api_key: null }]);
  });
});
