/**
 * Cuts Markdown into its top-level blocks, so that a growing answer renders only its last one again. Text that needs
 * the whole document at once stays whole: footnotes. Link reference definitions are repeated with the blocks that use
 * references.
 */
import { lexer } from 'marked';
import remend from 'remend';
import { completeTable } from './table-tail.ts';

const FOOTNOTE_DEFINITION = /^ {0,3}\[\^[^\]]+\]:/m;
const REFERENCE = /\[[^\]]+\]/;

/** One token at the top level; the raw texts of all of them make up the whole text. */
interface Piece {
  kind: 'block' | 'definition' | 'space';
  raw: string;
}

export function splitBlocks(text: string): string[] {
  return createBlockSplitter()(text);
}

/**
 * A splitter for one growing text. Text that was only added to is cut anew from its last two blocks on: what stands
 * before them is closed, and no later text can change it.
 */
export function createBlockSplitter(): (text: string) => string[] {
  let known = '';
  let pieces: Piece[] = [];
  return (original) => {
    // As marked does: positions would not fit otherwise.
    const text = original.replace(/\r\n|\r/g, '\n');
    if (FOOTNOTE_DEFINITION.test(text)) return [text];
    const keep = text.startsWith(known) ? closedPieces(pieces) : [];
    const start = keep.reduce((sum, { raw }) => sum + raw.length, 0);
    pieces = [...keep, ...cut(text.slice(start))];
    known = text;
    return withDefinitions(pieces);
  };
}

/** All but the last two blocks and what follows them. */
function closedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const blocks = pieces.flatMap(({ kind }, index) => (kind === 'space' ? [] : [index]));
  return pieces.slice(0, blocks.at(-2) ?? 0);
}

function cut(text: string): Piece[] {
  try {
    return lexer(text, { gfm: true }).map(({ type, raw }) => ({
      kind: type === 'space' ? 'space' : type === 'def' ? 'definition' : 'block',
      raw,
    }));
  } catch {
    return [{ kind: 'block', raw: text }];
  }
}

function withDefinitions(pieces: readonly Piece[]): string[] {
  const blocks = pieces.flatMap(({ kind, raw }) => (kind === 'block' ? [raw] : []));
  const definitions = pieces
    .flatMap(({ kind, raw }) => (kind === 'definition' ? [raw.trim()] : []))
    .join('\n');
  if (definitions === '') return blocks;
  return blocks.map((block) => (REFERENCE.test(block) ? `${block.trimEnd()}\n\n${definitions}` : block));
}

/**
 * Closes what an unfinished block leaves open (bold, code, a link, the head of a table), so that nothing jumps when the rest arrives. Only
 * completions that a complete text does not need: the final render equals the streamed one.
 */
export function completeTail(block: string): string {
  return remend(completeTable(block), {
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
