import { describe, expect, it } from 'vitest';
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import { editedContent, joinTexts, sliceContent, trimmed } from './content.ts';

const say = (text: string): UserContent => ({ type: 'input_text', text });
const tag = (text: string): UserContent => ({
  type: 'input_tag',
  id: text,
  text,
  data: {},
  interactive: false,
});

describe('content of a message', () => {
  it('joins texts and trims only the ends', () => {
    expect(joinTexts([say('a'), say(''), say('b'), tag('T'), say('')])).toEqual([say('ab'), tag('T')]);
    expect(trimmed([say(' \n'), tag('T'), say(' and ')])).toEqual([tag('T'), say(' and')]);
    expect(trimmed([say('  ')])).toEqual([]);
  });

  it('cuts by what is read, and makes text of a tag that is cut', () => {
    const content = [say('hi '), tag('Ada'), say('!')];
    expect(sliceContent(content, 0, 7)).toEqual([say('hi '), tag('Ada')]);
    expect(sliceContent(content, 0, 5)).toEqual([say('hi @A')]);
    expect(sliceContent(content, 4, 8)).toEqual([say('Ada!')]);
  });

  it('keeps tags that an edit of the plain text did not touch', () => {
    const content = [say('to '), tag('Ada'), say(' and '), tag('Bo')];
    expect(editedContent(content, 'to @Ada and also @Bo')).toEqual([
      say('to '),
      tag('Ada'),
      say(' and also '),
      tag('Bo'),
    ]);
    expect(editedContent(content, 'to @Ad and @Bo')).toEqual([say('to @Ad and '), tag('Bo')]);
    expect(editedContent(content, '')).toEqual([]);
    expect(editedContent([say('aa')], 'aaa')).toEqual([say('aaa')]);
  });
});
