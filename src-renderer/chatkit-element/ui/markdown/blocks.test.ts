import { describe, expect, it } from 'vitest';
import { createBlockSplitter, splitBlocks } from './blocks.ts';

const TEXTS = {
  prose: 'One.\n\nTwo\nthree.\n\n\nFour.',
  lists: '- a\n\n- b\n  continued\n\n  more of b\n\ntext\n\n1. x\n2. y\n\n\n- new\n    - deep\n',
  code: 'Before\n\n```js\na\n\n- not a list\n\n# not a heading\n```\n\n    indented\n\n    still\n\nAfter',
  headings: '# A\ntext\n\nSetext\n===\n\nOther\n---\n\n***\n\nEnd',
  tables: '| a | b |\n|---|---|\n| 1 | 2 |\n\nNot | a table\n\n> quote\nlazy\n\n> other',
  references:
    'See [one][1] and [two].\n\n[1]: https://a.example\n\nText.\n\n[two]: https://b.example "T"\n\nLast [two].',
  html: '<div>\n\n**x**\n\n</div>\n\n<!-- note -->\n\nend',
  windows: 'One\r\nline\r\n\r\nTwo\r\n\r\nThree\r\n\r\n- a\r\n- b\r\n\r\nFour\r\n\r\nFive\rend\r\n',
  tabs: '-\ta\n\n\tb\n\n\tcode\n\nend',
};

describe('blocks', () => {
  it.each(Object.entries(TEXTS))('grow to the same as cut at once: %s', (_name, text) => {
    for (const step of [1, 3, 7]) {
      const split = createBlockSplitter();
      for (let at = step; at < text.length; at += step) {
        expect(split(text.slice(0, at))).toEqual(splitBlocks(text.slice(0, at)));
      }
      expect(split(text)).toEqual(splitBlocks(text));
    }
  });

  it('starts afresh for another text', () => {
    const split = createBlockSplitter();
    split('One.\n\nTwo.\n\nThree.');
    expect(split('Other.\n\nText.')).toEqual(splitBlocks('Other.\n\nText.'));
  });

  it('repeats definitions only with blocks that may use them', () => {
    const blocks = splitBlocks(TEXTS.references);
    expect(blocks).toHaveLength(3);
    expect(blocks[0]).toContain('[1]: https://a.example');
    expect(blocks[1]?.trim()).toBe('Text.');
  });
});
