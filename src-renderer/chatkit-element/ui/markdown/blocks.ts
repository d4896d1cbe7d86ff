/**
 * Cuts Markdown into its top-level blocks, so that a growing answer renders only its last one again. Text that needs
 * the whole document at once stays whole: footnotes. Link reference definitions are repeated with the blocks that use
 * references.
 */
import { lexer } from 'marked';
import remend from 'remend';

const FOOTNOTE_DEFINITION = /^ {0,3}\[\^[^\]]+\]:/m;
const REFERENCE = /\[[^\]]+\]/;

export function splitBlocks(text: string): string[] {
  if (FOOTNOTE_DEFINITION.test(text)) return [text];
  let tokens: ReturnType<typeof lexer>;
  try {
    tokens = lexer(text, { gfm: true });
  } catch {
    return [text];
  }
  const definitions = tokens
    .filter((token) => token.type === 'def')
    .map((token) => token.raw.trim())
    .join('\n');
  const blocks = tokens
    .filter((token) => token.type !== 'space' && token.type !== 'def')
    .map((token) => token.raw);
  if (definitions === '') return blocks;
  return blocks.map((block) => (REFERENCE.test(block) ? `${block.trimEnd()}\n\n${definitions}` : block));
}

/**
 * Closes what an unfinished block leaves open (bold, code, a link), so that nothing jumps when the rest arrives. Only
 * completions that a complete text does not need: the final render equals the streamed one.
 */
export function completeTail(block: string): string {
  return remend(block, {
    linkMode: 'text-only',
    images: false,
    htmlTags: false,
    comparisonOperators: false,
    singleTilde: false,
    katex: false,
    inlineKatex: false,
    setextHeadings: false,
  });
}
