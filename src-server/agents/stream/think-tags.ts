/** Splits the thoughts that some models write at the start of their answer, between `<think>` and `</think>`, from the answer. */

export interface Piece {
  readonly kind: 'thought' | 'text';
  readonly text: string;
}

export interface ThinkSplitter {
  feed(delta: string): Piece[];
  /** The answer is over: what was held back because it might have been a tag. */
  flush(): Piece[];
}

const OPENING = ['<think>', '<thinking>'] as const;

/** Tags count only at the very start: in the middle of an answer they are text about tags. */
export function thinkSplitter(): ThinkSplitter {
  let state: 'start' | 'thinking' | 'text' = 'start';
  let held = '';
  let closing = '';

  const feed = (delta: string): Piece[] => {
    if (state === 'text') return piece('text', delta);
    held += delta;
    if (state === 'start') {
      const text = held.trimStart();
      const tag = OPENING.find((candidate) => text.startsWith(candidate));
      if (tag === undefined) {
        if (OPENING.some((candidate) => candidate.startsWith(text))) return [];
        state = 'text';
        return take('text');
      }
      state = 'thinking';
      closing = `</${tag.slice(1)}`;
      held = text.slice(tag.length);
    }
    const end = held.indexOf(closing);
    if (end === -1) {
      const safe = held.length - overlap(held, closing);
      const thought = held.slice(0, safe);
      held = held.slice(safe);
      return piece('thought', thought);
    }
    const thought = held.slice(0, end);
    const text = held.slice(end + closing.length);
    held = '';
    state = 'text';
    return [...piece('thought', thought), ...piece('text', text)];
  };
  const take = (kind: Piece['kind']): Piece[] => {
    const text = held;
    held = '';
    return piece(kind, text);
  };

  return { feed, flush: () => take(state === 'thinking' ? 'thought' : 'text') };
}

function piece(kind: Piece['kind'], text: string): Piece[] {
  return text === '' ? [] : [{ kind, text }];
}

/** How many characters at the end of `text` may be the beginning of `tag`. */
function overlap(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
