import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import { type BuiltInAction, createMenu, type MenuHost } from './menu.ts';

const say = (text: string): UserContent[] => [{ type: 'input_text', text }];

function setup(host: Partial<MenuHost> = {}) {
  const replaced: unknown[] = [];
  const failures: unknown[] = [];
  const menu = createMenu({
    searchTags: () => undefined,
    commands: () => null,
    replace: (range, content) => replaced.push([range, content]),
    failed: (error) => failures.push(error),
    ...host,
  });
  const type = (text: string) => menu.watch(say(text), text.length);
  const labels = () => {
    const state = menu.state.getSnapshot();
    return state.kind === 'open' ? state.rows.map(({ label }) => label) : 'closed';
  };
  return { menu, type, labels, replaced, failures };
}

describe('the menu of tags and commands', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks once for a word that is typed quickly, and drops late answers', async () => {
    const answers: ((rows: unknown) => void)[] = [];
    const search = vi.fn((_query: string) => new Promise<unknown>((done) => answers.push(done)));
    const { type, labels } = setup({ searchTags: () => search });
    for (const text of ['@', '@a', '@ad']) type(text);
    await vi.advanceTimersByTimeAsync(200);
    expect(search.mock.calls).toEqual([['ad']]);
    type('@ada');
    await vi.advanceTimersByTimeAsync(200);
    answers[1]?.([{ id: '1', title: 'Ada' }]);
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.([{ id: '2', title: 'Adam' }]);
    await vi.advanceTimersByTimeAsync(0);
    expect(labels()).toEqual(['Ada']);
  });

  it('puts the tag in place of the word, and groups rows of a group together', async () => {
    const rows = [
      { id: '1', title: 'A', group: 'x' },
      { id: '2', title: 'B', group: 'y' },
      { id: '3', title: 'C', group: 'x' },
    ];
    const { menu, type, labels, replaced } = setup({ searchTags: () => async () => rows });
    type('to @');
    await vi.advanceTimersByTimeAsync(200);
    expect(labels()).toEqual(['A', 'C', 'B']);
    menu.move('last');
    menu.accept();
    expect(labels()).toBe('closed');
    expect(replaced).toMatchObject([[{ from: 3, to: 4 }, [{ id: '2' }, { text: ' ' }]]]);
  });

  it('closes for good on Escape, and opens again for another word', async () => {
    const { menu, type, labels } = setup({ searchTags: () => async () => [{ id: '1', title: 'A' }] });
    type('@');
    menu.dismiss();
    type('@a');
    expect(labels()).toBe('closed');
    type('@a and @');
    expect(labels()).not.toBe('closed');
  });

  it('reports a failing search and keeps the built-in actions usable', async () => {
    const run = vi.fn();
    const actions: BuiltInAction[] = [{ id: 'new', label: 'New chat', icon: 'compose', group: 'Chat', run }];
    const search = async () => {
      throw new Error('down');
    };
    const commands = { search, select: undefined, actions, backLabel: 'Back' };
    const { menu, type, labels, failures, replaced } = setup({ commands: () => commands });
    type('/new');
    await vi.advanceTimersByTimeAsync(200);
    expect(menu.state.getSnapshot()).toMatchObject({ progress: 'search_failed' });
    expect(labels()).toEqual(['New chat']);
    expect(failures).toHaveLength(1);
    menu.accept();
    expect(run).toHaveBeenCalledOnce();
    expect(replaced).toEqual([[{ from: 0, to: 4 }, []]]);
  });

  it('a space after a search that found nothing closes it', async () => {
    const { type, labels } = setup({ searchTags: () => async () => [] });
    type('@zz');
    await vi.advanceTimersByTimeAsync(200);
    expect(labels()).toEqual([]);
    type('@zz ');
    await vi.advanceTimersByTimeAsync(200);
    expect(labels()).toBe('closed');
  });
});
