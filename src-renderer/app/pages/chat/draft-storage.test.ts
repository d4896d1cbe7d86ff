import { describe, expect, it, vi } from 'vitest';
import { createDraftsApi } from '../../api/drafts.ts';
import { draftStorage } from './draft-storage.ts';

const kept = { draft: { content: [], attachments: [], reply: 'quote' }, queue: [], own: [] };

function setup(answers: Response[]) {
  const fetch = vi.fn<typeof globalThis.fetch>(
    async () => answers.shift() ?? new Response(null, { status: 204 }),
  );
  const storage = draftStorage(
    createDraftsApi({
      fetch,
      language: () => 'en',
      refusals: () => ({ onSessionEnded: () => undefined, onHistoryClosed: () => undefined }),
    }),
  );
  const sent = () => fetch.mock.calls.map(([path, init]) => [init?.method, path, init?.keepalive ?? false]);
  return { storage, sent };
}
const saving = (leaving = false) => ({ leaving, signal: new AbortController().signal });
const refusal = (status: number, code: string) =>
  Response.json({ error: { code, message: 'x' } }, { status });

describe('drafts on the server', () => {
  it('are loaded with the element’s own key for the new thread', async () => {
    const { storage } = setup([Response.json({ drafts: { new: kept, thr_1: kept } })]);
    expect(await storage.load()).toEqual({ '': kept, thr_1: kept });
  });

  it('outlive the page that is being left, as far as browsers allow', async () => {
    const { storage, sent } = setup([]);
    await storage.save('', kept, saving());
    await storage.save('thr_1', kept, saving(true));
    await storage.save('thr_1', { text: 'é'.repeat(40_000) }, saving(true));
    await storage.save('../x', null, saving(true));
    expect(sent()).toEqual([
      ['PUT', '/api/drafts/new', false],
      ['PUT', '/api/drafts/thr_1', true],
      ['PUT', '/api/drafts/thr_1', false],
      ['DELETE', '/api/drafts/..%2Fx', true],
    ]);
  });

  it('of a thread that is gone need no place; everything else that fails is told', async () => {
    const { storage } = setup([
      refusal(404, 'not_found'),
      refusal(413, 'draft_too_large'),
      refusal(500, 'internal'),
    ]);
    await storage.save('thr_1', kept, saving());
    await expect(storage.save('thr_1', kept, saving())).rejects.toThrow('draft_too_large');
    await expect(storage.load()).rejects.toThrow('internal');
  });
});
