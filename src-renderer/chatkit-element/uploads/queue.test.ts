import { describe, expect, it, vi } from 'vitest';
import { ChatKitError } from '../errors.ts';
import { type AttachmentLimits, acceptAttribute, violationOf } from './limits.ts';
import { createUploads } from './queue.ts';
import type { UploadWork } from './upload.ts';

const LIMITS: AttachmentLimits = { enabled: true, maxSize: 100, maxCount: 4 };
const file = (name: string, type = 'text/plain', bytes = 5) =>
  new File([new Uint8Array(bytes)], name, { type });

function setup() {
  const works: (UploadWork & { settle(id: string): void; fail(): void })[] = [];
  const removed: string[] = [];
  const done: [string | null, string][] = [];
  const followers: string[][] = [];
  const failed = vi.fn();
  const uploads = createUploads({
    upload: (work) =>
      new Promise((resolve, reject) => {
        work.signal.addEventListener('abort', () => reject(new DOMException('stop', 'AbortError')));
        works.push({
          ...work,
          settle: (id) => resolve({ type: 'file', id, name: work.file.name, mime_type: 'text/plain' }),
          fail: () => reject(new ChatKitError('network', 'gone')),
        });
      }),
    remove: (id) => removed.push(id),
    done: (draft, { id }, later) => {
      done.push([draft, id]);
      followers.push([...later]);
    },
    failed,
  });
  const states = () => uploads.getSnapshot().uploads.map(({ state }) => state.kind);
  return { uploads, works, removed, done, followers, failed, states };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('upload queue', () => {
  it('sends three at a time and hands over what is done', async () => {
    const { uploads, works, done, states } = setup();
    uploads.add(
      null,
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
      LIMITS,
      0,
    );
    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
    works[1]?.settle('atc_b');
    await settled();
    expect(works.map((work) => work.file.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(done).toEqual([[null, 'atc_b']]);
    expect(uploads.local('atc_b')).toEqual({ size: 5, picture: null });
    expect(uploads.holds(null)).toBe(true);
    expect(uploads.holds('thr_1')).toBe(false);
  });

  it('tells the files it turns away, and forgets earlier remarks with the next choice', () => {
    const { uploads, works } = setup();
    uploads.add(null, [file('big', 'text/plain', 101), file('none', 'text/plain', 0), file('ok')], LIMITS, 3);
    expect(works.map((work) => work.file.name)).toEqual(['ok']);
    const { refusals } = uploads.getSnapshot();
    expect(refusals.map(({ name, violation }) => [name, violation.kind])).toEqual([
      ['big', 'too_large'],
      ['none', 'empty'],
    ]);
    uploads.add(null, [file('more')], LIMITS, 3);
    expect(uploads.getSnapshot().refusals.map(({ violation }) => violation)).toEqual([
      { kind: 'too_many', limit: 4 },
    ]);
  });

  it('keeps a failed file, cleans up what the server knew, and tries again', async () => {
    const { uploads, works, removed, done, failed, states } = setup();
    uploads.add('thr_1', [file('a')], LIMITS, 0);
    works[0]?.onCreated('atc_half');
    works[0]?.fail();
    await settled();
    expect(states()).toEqual(['failed']);
    expect(removed).toEqual(['atc_half']);
    expect(failed).toHaveBeenCalledOnce();
    uploads.retry(uploads.getSnapshot().uploads[0]?.key ?? 0);
    works[1]?.settle('atc_a');
    await settled();
    expect(done).toEqual([['thr_1', 'atc_a']]);
    expect(removed).toEqual(['atc_half']);
    uploads.discard('atc_a');
    uploads.discard('atc_of_the_host');
    expect(removed).toEqual(['atc_half', 'atc_a']);
  });

  it('tells which finished files were chosen after one', async () => {
    const { uploads, works, followers } = setup();
    uploads.add(null, [file('a'), file('b'), file('c')], LIMITS, 0);
    for (const place of [2, 0, 1]) {
      works[place]?.settle(`atc_${place}`);
      await settled();
    }
    expect(followers).toEqual([[], ['atc_2'], ['atc_2']]);
  });

  it('cancels: nothing is handed over, and the server is told', async () => {
    const { uploads, works, removed, done, failed } = setup();
    uploads.add(null, [file('p.png', 'image/png')], LIMITS, 0);
    works[0]?.onCreated('atc_p');
    uploads.cancel(uploads.getSnapshot().uploads[0]?.key ?? 0);
    await settled();
    expect(works[0]?.signal.aborted).toBe(true);
    expect([removed, done]).toEqual([['atc_p'], []]);
    expect(failed).not.toHaveBeenCalled();
    expect(uploads.holds(null)).toBe(false);
  });

  it('takes from the server what it tells of only after the upload was cancelled', async () => {
    const { uploads, works, removed } = setup();
    uploads.add(null, [file('a')], LIMITS, 0);
    uploads.cancel(uploads.getSnapshot().uploads[0]?.key ?? 0);
    await settled();
    expect(removed).toEqual([]);
    works[0]?.onCreated('atc_late');
    expect(removed).toEqual(['atc_late']);
  });

  it('keeps the newest pictures only', async () => {
    const { uploads, works } = setup();
    const names = Array.from({ length: 41 }, (_, index) => `${index}`);
    uploads.add(
      null,
      names.map((name) => file(name, 'image/png')),
      { ...LIMITS, maxCount: 100 },
      0,
    );
    for (const name of names) {
      works[Number(name)]?.settle(`atc_${name}`);
      await settled();
    }
    expect(uploads.local('atc_0')).toEqual({ size: 5, picture: null });
    expect(uploads.local('atc_1')?.picture).toBeInstanceOf(File);
    expect(uploads.local('atc_40')?.picture).toBeInstanceOf(File);
  });

  it('moves along when the new thread gets its id', async () => {
    const { uploads, works, done } = setup();
    uploads.add(null, [file('a')], LIMITS, 0);
    uploads.rename('thr_new');
    works[0]?.settle('atc_a');
    await settled();
    expect(done).toEqual([['thr_new', 'atc_a']]);
  });
});

describe('limits', () => {
  it('finds the limit of a type: exact, by group, then the one for all others', () => {
    const maxSize = { 'image/png': 10, 'image/*': 20, '*': 30 };
    const limit = (type: string) => violationOf(file('x', type, 99), { ...LIMITS, maxSize }, 0);
    expect(limit('image/png')).toEqual({ kind: 'too_large', limit: 10 });
    expect(limit('image/gif')).toEqual({ kind: 'too_large', limit: 20 });
    expect(limit('text/plain;charset=utf-8')).toEqual({ kind: 'too_large', limit: 30 });
    expect(violationOf(file('x', 'a/b', 99), { ...LIMITS, maxSize: { '': 40 } }, 0)).toMatchObject({
      limit: 40,
    });
    expect(violationOf(file('x', 'a/b', 99), { ...LIMITS, maxSize: {} }, 0)).toBeNull();
  });

  it('accepts by type or extension', () => {
    const accept = { 'image/*': ['.png'], 'text/markdown': ['.md'] };
    const kind = (name: string, type: string) =>
      violationOf(file(name, type), { ...LIMITS, accept }, 0)?.kind;
    expect(kind('a.webp', 'image/webp')).toBeUndefined();
    expect(kind('NOTES.MD', '')).toBeUndefined();
    expect(kind('a.pdf', 'application/pdf')).toBe('type');
    expect(acceptAttribute(accept)).toBe('image/*,.png,text/markdown,.md');
    expect(acceptAttribute({})).toBeUndefined();
  });
});
