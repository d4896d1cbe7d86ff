import { describe, expect, it, vi } from 'vitest';
import { createSessionStore } from '../../session/session.ts';
import { ada } from '../../testing/fake-api.ts';
import { chatFetch } from './chat-fetch.ts';

const refusal = (status: number, code: string) =>
  Response.json({ error: { code, message: code } }, { status });

function setup(answer: Response) {
  const session = createSessionStore(() => '/');
  session.signedIn(ada);
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer);
  const send = chatFetch({ fetch, session, person: ada.id });
  const turn = () => send('/api/chatkit', { method: 'POST', headers: { Accept: 'text/event-stream' } });
  const list = () => send('/api/chatkit', { method: 'POST', headers: { Accept: 'application/json' } });
  return { session, fetch, turn, list };
}

describe('the requests of the chat', () => {
  it('say whose they are, and go on unread', async () => {
    const answer = new Response('data: {}\n\n');
    const { session, fetch, turn } = setup(answer);
    expect(await turn()).toBe(answer);
    expect(answer.bodyUsed).toBe(false);
    expect(new Headers(fetch.mock.lastCall?.[1]?.headers).get('Foyer-Person')).toBe(ada.id);
    expect(fetch.mock.lastCall?.[1]?.credentials).toBe('same-origin');
    expect(session.get()).toMatchObject({ kind: 'signed-in', mustSeal: false });
  });

  it('bring up what has to be done first, and give the message up so that it goes back', async () => {
    const unsealed = setup(refusal(403, 'account_not_sealed'));
    await expect(unsealed.turn()).rejects.toMatchObject({ name: 'AbortError' });
    expect(unsealed.session.get()).toMatchObject({ kind: 'signed-in', mustSeal: true });

    const closed = setup(refusal(423, 'history_closed'));
    await expect(closed.turn()).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed.session.get()).toEqual({ kind: 'closed', user: ada });
  });

  it('leave the answer readable for what shows a failure of its own, such as a list', async () => {
    const { session, list } = setup(refusal(403, 'account_not_sealed'));
    const answer = await list();
    expect(session.get()).toMatchObject({ mustSeal: true });
    expect(await answer.json()).toMatchObject({ error: { code: 'account_not_sealed' } });
  });

  it.each([
    [401, 'unauthorized', 'guest'],
    [423, 'locked', 'locking'],
    [423, 'other_person', 'locking'],
    [403, 'forbidden', 'signed-in'],
    [500, 'account_not_sealed', 'signed-in'],
  ])('%i %s: %s', async (status, code, kind) => {
    const { session, turn } = setup(refusal(status, code));
    expect((await turn()).status).toBe(status);
    expect(session.get().kind).toBe(kind);
  });

  it('take a refusal that is not Foyer’s as it is', async () => {
    const { session, turn } = setup(new Response('<html>', { status: 403 }));
    expect((await turn()).status).toBe(403);
    expect(session.get()).toMatchObject({ kind: 'signed-in', mustSeal: false });
  });
});
