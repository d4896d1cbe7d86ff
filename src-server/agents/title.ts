/** A title for a thread, from what was asked first. */
import type { UserMessageItem } from '../../src-shared/chatkit/index.ts';

const MAX_LENGTH = 60;

/**
 * The first line of a message without its Markdown, cut at the end of a word. Null when nothing is left.
 */
export function titleFrom(message: UserMessageItem): string | null {
  const said = message.content
    .map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text))
    .join('');
  const line = said
    .split('\n')
    .map(stripMarkdown)
    .find((text) => /[\p{L}\p{N}\p{S}]/u.test(text));
  return line === undefined ? null : shorten(line);
}

function stripMarkdown(line: string): string {
  return line
    .replace(/^\s*(?:```.*|~~~.*)$/, '')
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+)+/, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|~~|`+)(?=\S)(.*?\S)\1/g, '$2')
    .replaceAll(/(?<![\p{L}\p{N}])([*_])(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?!\u200d)[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

function shorten(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  if (graphemes.length <= MAX_LENGTH) return text;
  const cut = graphemes.slice(0, MAX_LENGTH - 1).map(({ segment }) => segment);
  const next = graphemes[MAX_LENGTH - 1]?.segment ?? '';
  const space = /\s/.test(next) ? cut.length : cut.findLastIndex((segment) => /\s/.test(segment));
  // A single very long word, or a script without spaces, is cut where it has to be.
  const end = space > MAX_LENGTH / 3 ? space : cut.length;
  return `${cut
    .slice(0, end)
    .join('')
    .replace(/[\s,;:.!?–—-]+$/u, '')}…`;
}
