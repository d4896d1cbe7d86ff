import type { Root } from 'hast';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../../src-shared/chatkit/index.ts';
import { hasMarks, markCitations, rehypeCitations, uniqueSources, withoutMarks } from './citations.ts';

const cites = (url: string, index: number | null): Annotation => ({
  type: 'annotation',
  source: { type: 'url', url, title: url },
  index,
});
/** The text with marks that can be read. */
function marked(text: string, ...annotations: Annotation[]): string {
  const sources = uniqueSources(annotations);
  return markCitations(text, annotations, sources).replace(/\uE0F1(\d+)\uE0F2/g, '⟦$1⟧');
}

describe('citations', () => {
  it('stand behind the words they belong to, the same place once for each source', () => {
    const text = 'Lisbon is warm. Porto is not.';
    expect(marked(text, cites('a', 15), cites('b', 29), cites('a', 29), cites('a', 29))).toBe(
      'Lisbon is warm.⟦0⟧ Porto is not.⟦1⟧⟦0⟧',
    );
    expect(marked('One. Two', cites('a', 5))).toBe('One.⟦0⟧ Two');
  });

  it('count characters as servers do', () => {
    expect(marked('👋👋 hi there', cites('a', 5))).toBe('👋👋 hi⟦0⟧ there');
  });

  it('have no place where they would change the Markdown, or outside of the text', () => {
    for (const [text, index] of [
      ['# Title', 0],
      ['# Title', 1],
      ['```ts\ncode\n```', 5],
      ['```ts\ncode\n```', 14],
      ['a\n\n---\n\nb', 6],
      ['| a |\n| - |\n| b |', 11],
      ['2. two', 2],
      ['short', 99],
      ['short', -1],
    ] as const) {
      expect(marked(text, cites('a', index))).toBe(text);
    }
    expect(marked('some _words_ here', cites('a', 12))).toBe('some _words⟦0⟧_ here');
    expect(marked('no index', cites('a', null))).toBe('no index');
  });

  it('cannot be forged', () => {
    const forged = 'see \uE0F10\uE0F2 here';
    expect(hasMarks(markCitations(forged, [], []))).toBe(false);
    expect(hasMarks(markCitations(forged, [cites('a', 3)], uniqueSources([cites('a', 3)])))).toBe(true);
    expect(marked(forged, cites('a', 3))).toBe('see⟦0⟧ \uFFFD0\uFFFD here');
  });

  it('become elements in text, go from code and titles, and never stand in links', () => {
    const text = (value: string) => ({ type: 'text' as const, value });
    const element = (tagName: string, ...children: Root['children']) => ({
      ...{ type: 'element' as const, tagName, properties: {} as Record<string, string> },
      children: children as never[],
    });
    const image = { ...element('img'), properties: { alt: 'x\uE0F10\uE0F2' } };
    const tree: Root = {
      type: 'root',
      children: [
        element('p', text('a\uE0F10\uE0F2b'), element('a', element('em', text('link\uE0F11\uE0F2'))), image),
        element('pre', element('code', text('1\uE0F10\uE0F2 + 1'))),
      ],
    };
    rehypeCitations()(tree);
    const cite = (dataSource: string) => ({ ...element('cite'), properties: { dataSource } });
    expect(tree.children).toEqual([
      element(
        'p',
        ...[text('a'), cite('0'), text('b'), element('a', element('em', text('link'))), cite('1')],
        { ...element('img'), properties: { alt: 'x' } },
      ),
      element('pre', element('code', text('1 + 1'))),
    ]);
    expect(withoutMarks('https://example.com/%EE%83%B112%EE%83%B2?q')).toBe('https://example.com/?q');
  });
});
