import { describe, expect, it } from 'vitest';
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import { findTrigger } from './trigger.ts';

const both = { tag: true, command: true };
const at = (text: string, caret = text.length, kinds = both) =>
  findTrigger([{ type: 'input_text', text }], caret, kinds);

describe('findTrigger', () => {
  it('finds a search at the start and after white space, up to the caret', () => {
    expect(at('@')).toEqual({ kind: 'tag', from: 0, query: '' });
    expect(at('hi @ad', 6)).toEqual({ kind: 'tag', from: 3, query: 'ad' });
    expect(at('hi @adam', 6)).toEqual({ kind: 'tag', from: 3, query: 'ad' });
    expect(at('one\n/new ch')).toEqual({ kind: 'command', from: 4, query: 'new ch' });
  });

  it('leaves addresses, paths, other lines and long texts alone', () => {
    expect(at('me@example.org')).toBeNull();
    expect(at('and/or')).toBeNull();
    expect(at('@ ada')).toBeNull();
    expect(at('@ada\nmore')).toBeNull();
    expect(at(`@${'a'.repeat(61)}`)).toBeNull();
    expect(at('@ada', 4, { tag: false, command: true })).toBeNull();
  });

  it('does not take a tag for a search', () => {
    const tag: UserContent = { type: 'input_tag', id: '1', text: 'Ada', data: {}, interactive: false };
    expect(findTrigger([tag], 4, both)).toBeNull();
    expect(findTrigger([tag, { type: 'input_text', text: ' @b' }], 7, both)).toMatchObject({ from: 5 });
  });
});
