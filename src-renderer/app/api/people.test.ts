import { expect, it, vi } from 'vitest';
import { createApi } from './api.ts';

function client() {
  const fetch = vi.fn<typeof globalThis.fetch>(async (_path, init) =>
    init?.method === 'DELETE'
      ? new Response(null, { status: 204 })
      : Response.json({ people: [], total: 0, next: null, administrators: 1, sessions: [] }),
  );
  const { people } = createApi({
    fetch,
    language: () => 'en',
    refusals: () => ({ onSessionEnded: () => undefined, onHistoryClosed: () => undefined }),
  });
  return { people, sent: () => fetch.mock.calls.map(([path, init]) => `${init?.method} ${String(path)}`) };
}

it('asks for people by what was given, and for nothing else', async () => {
  const { people, sent } = client();
  await people.page({ query: '', limit: 50 });
  await people.page({ query: 'a&b=c', role: 'guest', status: 'temporary', after: 'usr_1', limit: 2 });
  expect(sent()).toEqual([
    'GET /api/admin/people?limit=50',
    'GET /api/admin/people?query=a%26b%3Dc&role=guest&status=temporary&after=usr_1&limit=2',
  ]);
});

it('ends sessions where they belong', async () => {
  const { people, sent } = client();
  await people.endSessionsOf('usr/1', { one: 'ses/1' });
  await people.endSessionsOf('usr_1', 'all');
  await people.endOwnSessions({ one: 'ses_1' });
  await people.endOwnSessions('others');
  await people.endOwnSessions('all');
  await people.liftLock('usr_1');
  expect(sent()).toEqual([
    'DELETE /api/admin/users/usr%2F1/sessions/ses%2F1',
    'DELETE /api/admin/users/usr_1/sessions',
    'DELETE /api/users/me/sessions/ses_1',
    'DELETE /api/users/me/sessions',
    'DELETE /api/users/me/sessions?all=true',
    'DELETE /api/admin/users/usr_1/lock',
  ]);
});
