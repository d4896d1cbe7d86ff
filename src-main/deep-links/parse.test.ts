import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposalSchema } from '../../src-shared/desktop.ts';
import { linkIn, parseLink } from './parse.ts';

describe('links that mean something', () => {
  it.each([
    ['foyer://thread/thr_0aZ-9', { kind: 'thread', threadId: 'thr_0aZ-9' }],
    ['FOYER://thread/thr_1', { kind: 'thread', threadId: 'thr_1' }],
    ['foyer://new?text=Hello%20you', { kind: 'new-chat', text: 'Hello you' }],
    ['foyer://new/?text=a+b', { kind: 'new-chat', text: 'a b' }],
    ['foyer://new?text=one%0D%0Atwo%09three', { kind: 'new-chat', text: 'one\ntwo\tthree' }],
    ['foyer://new?text=%F0%9F%92%AC%20%C3%A9', { kind: 'new-chat', text: '💬 é' }],
    [`foyer://new?text=${'x'.repeat(2_000)}`, { kind: 'new-chat', text: 'x'.repeat(2_000) }],
    ['foyer://new?text=%3Cscript%3E', { kind: 'new-chat', text: '<script>' }],
  ])('%s', (link, proposal) => {
    expect(parseLink(link)).toEqual(proposal);
  });
});

describe('links that mean nothing', () => {
  it.each([
    'foyer:',
    'foyer://',
    'foyer:thread/thr_1',
    'foyer:///thread/thr_1',
    'foyer://thread',
    'foyer://thread/',
    'foyer://thread/a/b',
    'foyer://thread/..%2fadmin',
    'foyer://thread/../admin',
    'foyer://thread/thr_1?text=x',
    'foyer://thread/thr_1?',
    'foyer://thread/thr_1#x',
    'foyer://thread/thr 1',
    'foyer://Thread/thr_1',
    `foyer://thread/${'x'.repeat(101)}`,
    'foyer://user@thread/thr_1',
    'foyer://u:p@thread/thr_1',
    'foyer://thread:80/thr_1',
    'foyer://new',
    'foyer://new?',
    'foyer://new?text=',
    'foyer://new?text=%20%0A',
    'foyer://new?text=a&text=b',
    'foyer://new?text=a&send=1',
    'foyer://new?text=a&model=x',
    'foyer://new?Text=a',
    'foyer://new/x?text=a',
    'foyer://new?text=a#b',
    `foyer://new?text=${'x'.repeat(2_001)}`,
    `foyer://new?text=${'x'.repeat(1_000_000)}`,
    'foyer://new?text=a%00b',
    'foyer://new?text=a%1Bb',
    'foyer://new?text=a%E2%80%AEb',
    'foyer://new?text=a%E2%81%A6b',
    'foyer://new?text=a%E2%80%8Bb',
    'foyer://new?text=a%EF%BB%BFb',
    'foyer://new?text=a%E2%80%A8b',
    'foyer://new?text=a%E3%85%A4b',
    'foyer://new?text=a%F3%A0%81%81b',
    'foyer://settings',
    'foyer://settings?base_url=https://evil.example',
    'foyer://connection?key=sk-1',
    'foyer://mcp?command=calc',
    'foyer://open?file=/etc/passwd',
    'foyer://admin',
    'https://thread/thr_1',
    'javascript:alert(1)',
    ' foyer://thread/thr_1',
    'xfoyer://thread/thr_1',
    '',
    null,
    undefined,
    7,
    ['foyer://thread/thr_1'],
  ])('%s', (link) => {
    expect(parseLink(link)).toBeNull();
  });

  it('whatever is written, is nothing or one of the two', () => {
    fc.assert(
      fc.property(
        fc.webPath(),
        fc.webQueryParameters(),
        fc.string({ unit: 'binary' }),
        (path, query, text) => {
          for (const link of [
            `foyer:/${path}?${query}`,
            `foyer://new?${query}`,
            `foyer://new?text=${encodeURIComponent(text.toWellFormed())}`,
            `foyer://${text}`,
          ]) {
            const proposal = parseLink(link);
            if (proposal !== null) proposalSchema.parse(proposal);
          }
        },
      ),
    );
  });
});

describe('the arguments of another start', () => {
  it.each([
    [['/opt/foyer', '--', 'foyer://thread/thr_1'], 'foyer://thread/thr_1'],
    [['foyer', 'FOYER://x'], 'FOYER://x'],
    [['foyer', '--flag', '/home/x'], null],
    [['foyer', 'foyer://a', 'foyer://b'], null],
    [['foyer', '--open=foyer://a'], null],
    [['foyer', 1], null],
    ['foyer://a', null],
    [null, null],
    [Array.from({ length: 2_000 }, () => 'x'), null],
  ])('%j', (args, link) => {
    expect(linkIn(args)).toBe(link);
  });
});
