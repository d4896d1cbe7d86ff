/** Finds what the person is about to pick: the word that begins with "@" or "/" and ends at the caret. */
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import { partText } from '../session/content.ts';

/** A search that is being typed. Places count characters of the draft's text. */
export interface Trigger {
  kind: 'tag' | 'command';
  /** Where "@" or "/" stands. */
  from: number;
  /** What follows it, up to the caret. */
  query: string;
}

/** Longer texts are no search. */
const MAX_QUERY = 60;

/** Stands for each character of a tag, so that the "@" of a tag starts nothing. */
const ATOM = '\uFFFC';

/** The search that ends at `caret`, or null. Which kinds count is the caller's choice. */
export function findTrigger(
  content: readonly UserContent[],
  caret: number,
  kinds: { tag: boolean; command: boolean },
): Trigger | null {
  const text = content
    .map((part) => (part.type === 'input_text' ? part.text : ATOM.repeat(partText(part).length)))
    .join('')
    .slice(0, caret);
  const earliest = Math.max(0, text.length - MAX_QUERY - 1);
  for (let from = text.length - 1; from >= earliest; from -= 1) {
    const sign = text[from];
    if (sign === '\n' || sign === ATOM) return null;
    const kind = sign === '@' ? 'tag' : sign === '/' ? 'command' : null;
    if (kind === null || !kinds[kind]) continue;
    if (from > 0 && !/\s/.test(text[from - 1] ?? '')) continue;
    const query = text.slice(from + 1);
    return /^\s/.test(query) ? null : { kind, from, query };
  }
  return null;
}
