import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../state/store.ts';
import { createDraftKeeper, PAUSE_MS } from './draft-keeper.ts';
import type { DraftSaving } from './draft-storage.ts';
import { createDrafts, draftText, EMPTY_DRAFT, type OutgoingMessage, textDraft } from './drafts.ts';
import type { Edit, KeptEdit } from './editing.ts';
import { createFollowUps } from './follow-ups.ts';

const message = (text: string): OutgoingMessage => ({ draft: textDraft(text), toolId: 't', model: null });

function setup(kept: unknown = {}) {
  const saves: { key: string; draft: unknown; how: DraftSaving; done(): void; fail(): void }[] = [];
  const load = vi.fn(async () => kept);
  const drafts = createDrafts();
  const followUps = createFollowUps();
  const adopted: string[] = [];
  const failed = vi.fn();
  const edits = createStore<ReadonlyMap<string, Edit>>(new Map());
  const edit = (threadId: string, kept: KeptEdit, changed = true) =>
    edits.update((known) =>
      new Map(known).set(threadId, { ...kept, changed, sending: false, fresh: false, from: 'message' }),
    );
  const keeper = createDraftKeeper({
    storage: () => ({
      load,
      save: (key, draft, how) =>
        new Promise((resolve, reject) =>
          saves.push({ key, draft, how, done: resolve, fail: () => reject('no') }),
        ),
    }),
    drafts,
    followUps,
    editing: {
      getSnapshot: edits.getSnapshot,
      subscribe: edits.subscribe,
      get: (threadId) => edits.get().get(threadId ?? '') ?? null,
      restore: edit,
    },
    uploads: { owns: (id) => id === 'atc_own', adopt: (id) => adopted.push(id) },
    failed,
  });
  const texts = () =>
    saves.map(({ draft }) =>
      draft === null ? null : draftText((draft as { draft: typeof EMPTY_DRAFT }).draft),
    );
  return { keeper, drafts, followUps, edits, edit, saves, texts, adopted, failed, load };
}
const flushed = () => vi.advanceTimersByTimeAsync(0);

describe('keeping drafts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits for a pause, but not for ever', async () => {
    const { keeper, drafts, texts } = setup();
    await keeper.start();
    drafts.set('thr_1', textDraft('a'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    drafts.set('thr_1', textDraft('ab'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(texts()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(texts()).toEqual(['ab']);
    const typing = setup();
    await typing.keeper.start();
    for (let n = 1; n <= 21; n += 1) {
      typing.drafts.set(null, textDraft('x'.repeat(n)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(typing.texts()).toHaveLength(1);
  });

  it('keeps a message that is being changed, as soon as it was', async () => {
    const { keeper, edit, edits, saves } = setup();
    await keeper.start();
    const kept = { itemId: 'msg_1', draft: textDraft('one'), toolId: null, model: 'small' };
    edit('thr_1', kept, false);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saves.map(({ draft }) => draft)).toEqual([null]);
    saves[0]?.done();
    edit('thr_1', { ...kept, draft: textDraft('uno') });
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    const saved = saves[1]?.draft;
    expect(saved).toMatchObject({ edit: { item: 'msg_1', tool: null, model: 'small' } });

    const later = setup({ thr_1: saved, thr_2: { ...(saved as object), edit: { item: 7 } }, '': saved });
    await later.keeper.start();
    expect([...later.edits.get().keys()]).toEqual(['thr_1']);
    expect(later.edits.get().get('thr_1')).toMatchObject({ ...kept, draft: textDraft('uno') });
    edits.update(() => new Map());
    saves[1]?.done();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saves[2]?.draft).toBeNull();
  });

  it('never lets a save overtake an older one, and hands over the newest state after it', async () => {
    const { keeper, drafts, saves, texts } = setup();
    await keeper.start();
    drafts.set('thr_1', textDraft('a'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    drafts.set('thr_1', textDraft('b'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    drafts.set('thr_1', textDraft('c'));
    drafts.set('thr_2', textDraft('other'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(texts()).toEqual(['a', 'other']);
    saves[0]?.done();
    await flushed();
    expect(texts()).toEqual(['a', 'other', 'c']);
  });

  it('saves at once when the page is left, and gives up what is under way', async () => {
    const { keeper, drafts, saves, texts } = setup();
    await keeper.start();
    drafts.set(null, textDraft('a'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    drafts.set(null, textDraft('ab'));
    globalThis.dispatchEvent(new Event('pagehide'));
    expect(texts()).toEqual(['a', 'ab']);
    expect(saves[0]?.how).toMatchObject({ leaving: false, signal: { aborted: true } });
    expect(saves[1]?.how).toMatchObject({ leaving: true, signal: { aborted: false } });
    keeper.dispose();
    drafts.set(null, textDraft('later'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saves).toHaveLength(2);
  });

  it('tries again when saving failed, with what is newest then', async () => {
    const { keeper, drafts, saves, texts, failed } = setup();
    await keeper.start();
    drafts.set(null, textDraft('a'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    saves[0]?.fail();
    await flushed();
    expect(failed).toHaveBeenCalledWith('save', 'no');
    await vi.advanceTimersByTimeAsync(4_999);
    expect(texts()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(1);
    expect(texts()).toEqual(['a', 'a']);
  });

  it('brings back message box, files and queue; the queue is held, and nothing is saved for it', async () => {
    const first = setup();
    await first.keeper.start();
    const file = { type: 'file' as const, id: 'atc_own', name: 'a.txt', mime_type: 'text/plain' };
    first.drafts.set('thr_1', { ...textDraft('words'), attachments: [file], reply: 'quote' });
    first.followUps.add('thr_1', message('waits'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    const second = setup({ thr_1: JSON.parse(JSON.stringify(first.saves[0]?.draft)) });
    await second.keeper.start();
    expect(second.drafts.get('thr_1')).toEqual({
      ...textDraft('words'),
      attachments: [file],
      reply: 'quote',
    });
    const { messages, held } = second.followUps.get('thr_1');
    expect([messages.map((queued) => queued.message), held]).toEqual([[message('waits')], 'restored']);
    expect(second.adopted).toEqual(['atc_own']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.saves).toEqual([]);
  });

  it('catches up after a time when nothing could be saved or loaded, each once', async () => {
    const { keeper, drafts, followUps, saves, texts, load } = setup({
      thr_1: { draft: { content: [], attachments: [], reply: null }, queue: [message('queued')], own: [] },
      thr_2: { draft: textDraft('of before'), queue: [], own: [] },
    });
    load.mockRejectedValueOnce(new Error('refused'));
    await keeper.start();
    drafts.set(null, textDraft('typed meanwhile'));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    saves[0]?.fail();
    await flushed();
    expect(texts()).toEqual(['typed meanwhile']);

    await keeper.catchUp();
    expect(draftText(drafts.get('thr_2'))).toBe('of before');
    expect(texts(), 'now, not when it would be tried again').toEqual(['typed meanwhile', 'typed meanwhile']);
    saves[1]?.done();
    await flushed();
    await keeper.catchUp();
    expect(load).toHaveBeenCalledTimes(2);
    expect(saves).toHaveLength(2);
    expect(followUps.get('thr_1').messages).toHaveLength(1);
  });

  it('does not overwrite what was typed, or emptied, before it was loaded', async () => {
    const kept = { '': { draft: textDraft('old') }, thr_1: { draft: textDraft('old') } };
    const { keeper, drafts } = setup(kept);
    const started = keeper.start();
    drafts.set(null, textDraft('new'));
    drafts.set('thr_1', { ...EMPTY_DRAFT });
    await started;
    expect(draftText(drafts.get(null))).toBe('new');
    expect(draftText(drafts.get('thr_1'))).toBe('');
  });

  it('takes an empty draft away', async () => {
    const { keeper, drafts, saves } = setup({ thr_1: { draft: textDraft('old') } });
    await keeper.start();
    drafts.set('thr_1', EMPTY_DRAFT);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(saves.map(({ key, draft }) => [key, draft])).toEqual([['thr_1', null]]);
  });

  it('takes nothing but drafts from what it is given', async () => {
    for (const kept of [
      null,
      'x',
      [1],
      { '': 1, thr_1: { draft: { content: [{ type: 'evil' }], attachments: [{}] } } },
    ]) {
      const { keeper, drafts, followUps } = setup(kept);
      await keeper.start();
      expect([drafts.get(null), drafts.get('thr_1').attachments]).toEqual([EMPTY_DRAFT, []]);
      expect(followUps.getSnapshot().size).toBe(0);
    }
  });
});
