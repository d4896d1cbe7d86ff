import { describe, expect, it } from 'vitest';
import { resolveOptions } from './resolve.ts';
import { sameData } from './same-data.ts';

const api = { url: '/api/chatkit', domainKey: 'ignored' };

describe('options', () => {
  it('accepts the minimum and fills in the published defaults', () => {
    const result = resolveOptions({ api });
    expect(result).toMatchObject({
      kind: 'ok',
      options: {
        api: { url: '/api/chatkit' },
        initialThread: null,
        theme: { colorScheme: 'light', radius: 'pill' },
      },
    });
  });

  it('takes wrong values as absent, keeps the right ones beside them, ignores unknown ones', () => {
    const result = resolveOptions({
      api,
      theme: { colorScheme: 'sepia', density: 'compact' },
      locale: 7,
      header: { enabled: 'yes', title: { text: 'Help' } },
      startScreen: { prompts: [{ label: 'ok', prompt: 'hi' }, { label: 3 }, null] },
      future: { a: 1 },
    });
    if (result.kind !== 'ok') throw new Error('not ok');
    expect(result.options.theme).toMatchObject({ colorScheme: 'light', density: 'compact' });
    expect(result.options.locale).toBeUndefined();
    expect(result.options.header).toMatchObject({ enabled: true, title: { text: 'Help', enabled: true } });
    expect(result.options.startScreen?.prompts).toHaveLength(1);
  });

  it('knows hosted mode and missing addresses apart', () => {
    expect(resolveOptions({ api: { getClientSecret: async () => 's' } }).kind).toBe('hosted');
    for (const input of [undefined, null, 3, 'x', {}, { api: {} }, { api: { url: '' } }, { api: null }]) {
      expect(resolveOptions(input).kind).toBe('invalid');
    }
  });

  it('never throws and never touches what it was given', () => {
    const cyclic: Record<string, unknown> = { api };
    cyclic.header = cyclic;
    cyclic.composer = { models: [cyclic] };
    expect(resolveOptions(cyclic).kind).toBe('ok');
    const hostile = {
      get api(): never {
        throw new Error('boom');
      },
    };
    expect(resolveOptions(hostile).kind).toBe('invalid');
    const frozen = Object.freeze({
      api: Object.freeze({ ...api }),
      theme: 'dark',
      startScreen: Object.freeze({}),
    });
    expect(resolveOptions(frozen).kind).toBe('ok');
  });

  it('takes a search of the history as it is, and nothing else for one', () => {
    const search = { find: async () => [] };
    const resolved = (value: unknown) => {
      const result = resolveOptions({ api, search: value });
      return result.kind === 'ok' ? result.options.search : result.kind;
    };
    expect(resolved(search)).toBe(search);
    for (const wrong of [undefined, null, 'find', {}, { find: 'x' }]) expect(resolved(wrong)).toBeUndefined();
  });

  it('takes a way to the files of conversations as it is, and nothing else for one', () => {
    const files = { addressOf: () => '/file' };
    const resolved = (value: unknown) => {
      const result = resolveOptions({ api, export: value });
      return result.kind === 'ok' ? result.options.export : result.kind;
    };
    expect(resolved(files)).toBe(files);
    for (const wrong of [null, true, {}, { addressOf: '/x' }]) expect(resolved(wrong)).toBeUndefined();
  });

  it("calls api.fetch without a receiver, so that the browser's own fetch can be passed", () => {
    const result = resolveOptions({ api: { ...api, fetch } });
    expect(result.kind === 'ok' && result.options.api.fetch).toBe(fetch);
  });
});

describe('sameData', () => {
  it('takes new functions for the same and appearing ones for a change', () => {
    expect(sameData({ a: () => 1 }, { a: () => 2 })).toBe(true);
    expect(sameData({ a: () => 1 }, {})).toBe(false);
    expect(sameData({ a: () => 1 }, { a: 1 })).toBe(false);
  });

  it('takes undefined for absent', () => {
    expect(sameData({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  });

  it('sees differences at any depth', () => {
    expect(sameData({ a: [{ b: 1 }] }, { a: [{ b: 1 }] })).toBe(true);
    expect(sameData({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe(false);
    expect(sameData({ a: [1] }, { a: { 0: 1 } })).toBe(false);
    expect(sameData([1, 2], [1])).toBe(false);
    expect(sameData(null, {})).toBe(false);
  });
});
