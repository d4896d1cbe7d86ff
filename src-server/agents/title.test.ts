import { expect, it } from 'vitest';
import type { UserContent } from '../../src-shared/chatkit/index.ts';
import { titleFrom } from './title.ts';

const title = (...content: (string | UserContent)[]) =>
  titleFrom({
    type: 'user_message',
    id: 'msg_1',
    thread_id: 'thr_1',
    created_at: '2026-01-01T00:00:00Z',
    content: content.map((part) => (typeof part === 'string' ? { type: 'input_text', text: part } : part)),
    attachments: [],
    inference_options: {},
  });

it.each([
  ['Hello there', 'Hello there'],
  ['\n\n  # Big **bold** _thing_  \nmore', 'Big bold thing'],
  ['- [ ] see [the docs](https://example.org) and `npm start`', '[ ] see the docs and npm start'],
  ['> quoted ~~words~~', 'quoted words'],
  ['1. first', 'first'],
  ['```js\nconst a = 1;\n```', 'const a = 1;'],
  ['What is snake_case_name * 2 * 3?', 'What is snake_case_name * 2 * 3?'],
  ['tab\there\u0007 and\u202Ethere', 'tab here andthere'],
  ['👨‍👩‍👧', '👨‍👩‍👧'],
])('takes the first line of %j without its Markdown', (text, expected) => {
  expect(title(text)).toBe(expected);
});

it('cuts at the end of a word, within 60 characters', () => {
  const long = title('Please explain to me in detail how the water cycle works, and why it rains');
  expect(long).toBe('Please explain to me in detail how the water cycle works…');
  expect(title(`${'a'.repeat(30)} ${'b'.repeat(28)} c`)).toBe(`${'a'.repeat(30)} ${'b'.repeat(28)}…`);
});

it('cuts where it has to without spaces, never inside a character', () => {
  expect(title('x'.repeat(100))).toBe(`${'x'.repeat(59)}…`);
  expect(title('👨‍👩‍👧'.repeat(70))).toBe(`${'👨‍👩‍👧'.repeat(59)}…`);
  expect(title('x'.repeat(60))).toBe('x'.repeat(60));
});

it('names what was mentioned', () => {
  const tag: UserContent = { type: 'input_tag', id: '1', text: 'Ada', data: {}, interactive: false };
  expect(title('Ask ', tag, ' about it')).toBe('Ask @Ada about it');
});

it('has nothing to say about nothing', () => {
  expect(title('')).toBeNull();
  expect(title('  \n --- \n')).toBeNull();
});
