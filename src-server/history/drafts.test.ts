import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KeptDraft, MAX_DRAFTS } from '../../src-shared/api/index.ts';
import { NotFoundError } from '../chatkit/index.ts';
import { type HistoryDatabase, openHistoryDatabase } from './history-database.ts';

let folder: string;
let history: HistoryDatabase;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-drafts-'));
  history = openHistoryDatabase({
    file: path.join(folder, 'history.db'),
    key: Buffer.alloc(32, 7),
    migrationsDir: path.resolve(import.meta.dirname, '..', 'database', 'history', 'migrations'),
  });
});
afterEach(async () => {
  await history.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const message = (text: string, ids: string[] = []): KeptDraft['draft'] => ({
  content: [{ type: 'input_text', text }],
  attachments: ids.map((id) => ({ type: 'file', id, name: `${id}.txt`, mime_type: 'text/plain' })),
  reply: null,
});
const draft = (text: string): KeptDraft => ({ draft: message(text), queue: [], own: [] });
const addThread = (id: string) =>
  history.saveThread({
    id,
    created_at: '2026-11-23T08:00:00.000Z',
    status: { type: 'active' },
    metadata: {},
  });
const texts = () =>
  Object.fromEntries(
    Object.entries(history.drafts.all()).map(([key, kept]) => [
      key,
      kept.draft.content.map((part) => part.text).join(''),
    ]),
  );

it('keeps so many drafts; the one that was not changed for longest goes', () => {
  for (let n = 0; n < MAX_DRAFTS; n += 1) {
    addThread(`thr_${n}`);
    history.drafts.save(`thr_${n}`, draft(`${n}`));
  }
  history.drafts.save('thr_0', draft('changed'));
  history.drafts.save('new', draft('one more'));
  const kept = texts();
  expect(Object.keys(kept)).toHaveLength(MAX_DRAFTS);
  expect([kept.thr_0, kept.thr_1, kept.thr_2, kept.new]).toEqual(['changed', undefined, '2', 'one more']);
});

it('keeps a draft with its thread only', () => {
  expect(() => history.drafts.save('thr_1', draft('x'))).toThrow(NotFoundError);
  addThread('thr_1');
  history.drafts.save('thr_1', draft('x'));
  history.drafts.save('new', draft('y'));
  history.deleteThread('thr_1');
  expect(texts()).toEqual({ new: 'y' });
});

it('tells which attachments stand in a draft or wait in a queue, and gives back those that are there', () => {
  for (const id of ['atc_a', 'atc_b', 'atc_c']) {
    history.saveAttachment({ type: 'file', id, name: id, mime_type: 'text/plain' });
  }
  const queue = [{ draft: message('waits', ['atc_b', 'atc_gone']), tool: null, model: null }];
  history.drafts.save('new', { draft: message('x', ['atc_a']), queue, own: [] });
  expect(history.attachmentRecords().map(({ attachment, inDraft }) => [attachment.id, inDraft])).toEqual([
    ['atc_a', true],
    ['atc_b', true],
    ['atc_c', false],
  ]);
  const kept = history.drafts.all().new;
  expect(kept?.draft.attachments.map(({ id }) => id)).toEqual(['atc_a']);
  expect(kept?.queue[0]?.draft.attachments.map(({ id }) => id)).toEqual(['atc_b']);
  history.drafts.remove('new');
  expect(history.drafts.attachmentIds().size).toBe(0);
});

it('keeps a sent message that is being changed, with its attachments as long as they are there', () => {
  addThread('thr_1');
  history.saveAttachment({ type: 'file', id: 'atc_a', name: 'a', mime_type: 'text/plain' });
  const edit = { item: 'msg_1', draft: message('uno', ['atc_a', 'atc_gone']), tool: null, model: 'small' };
  history.drafts.save('thr_1', { ...draft(''), edit });
  expect([...history.drafts.attachmentIds()]).toEqual(['atc_a', 'atc_gone']);
  expect(history.drafts.all().thr_1?.edit).toEqual({ ...edit, draft: message('uno', ['atc_a']) });
});

it('passes over what it cannot read', () => {
  history.drafts.save('new', draft('x'));
  history.client.prepare(`UPDATE drafts SET body = '{"from":"elsewhere"}'`).run();
  expect(history.drafts.all()).toEqual({});
});
