/** What the host's search of the history answers. Hosts are JavaScript, and pass on what models and people wrote. */
import { z } from 'zod';
import { ChatKitError, toChatKitError } from '../errors.ts';

/** Our own option `search` (docs/element.md). */
export interface HistoryFinder {
  /**
   * The conversations in which the words of `query` stand, the best first: see {@link FoundThread}. `signal` is aborted
   * when the answer is not needed any more. Rejects when it cannot search.
   */
  find(query: string, how: { signal: AbortSignal }): Promise<unknown>;
}

/** More conversations than this help nobody. */
const MAX_THREADS = 50;
const MAX_PIECES = 40;
/** In characters. */
const MAX_ID = 200;
const MAX_LINE = 200;
const MAX_EXCERPT = 600;

/** At most so many characters, and no half of one at the end. */
const cut = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

const excerptSchema = z
  .array(z.unknown())
  .catch([])
  .transform((values) => {
    const pieces: { text: string; match: boolean }[] = [];
    let room = MAX_EXCERPT;
    for (const value of values.slice(0, MAX_PIECES)) {
      const { data } = pieceSchema.safeParse(value);
      const text = cut(data?.text ?? '', room);
      if (data === undefined || text === '') continue;
      room -= text.length;
      pieces.push({ text, match: data.match });
    }
    return pieces;
  });
const pieceSchema = z.object({ text: z.string(), match: z.boolean() });

const foundSchema = z.object({
  threadId: z.string().min(1).max(MAX_ID),
  title: z
    .string()
    .transform((text) =>
      cut(
        text
          .slice(0, 10 * MAX_LINE)
          .replace(/\s+/g, ' ')
          .trim(),
        MAX_LINE,
      ),
    )
    .nullable(),
  /** ISO 8601. */
  createdAt: z.string().max(100),
  /** The message to open it at; null for its usual place. */
  itemId: z.string().min(1).max(MAX_ID).nullable(),
  /** How many items the thread has after that one. */
  itemsAfter: z.number().int().min(0),
  excerpt: excerptSchema,
});

/** A conversation that was found, with the words around what was looked for. */
export type FoundThread = Readonly<z.output<typeof foundSchema>>;

/** The usable conversations of an answer, each once. Throws ChatKitError `protocol` when it is no list at all. */
export function readFound(answer: unknown): FoundThread[] {
  if (!Array.isArray(answer)) throw new ChatKitError('protocol', 'search.find did not answer a list.');
  const found = new Map<string, FoundThread>();
  for (const value of answer.slice(0, MAX_THREADS)) {
    const parsed = foundSchema.safeParse(value);
    if (parsed.success && !found.has(parsed.data.threadId)) found.set(parsed.data.threadId, parsed.data);
  }
  return [...found.values()];
}

const refusedSchema = z.object({ status: z.number().int().min(400).max(599) });

/** What a host's search threw. An error that carries the `status` of an HTTP answer says what happened. */
export function searchError(thrown: unknown): ChatKitError {
  const refused = refusedSchema.safeParse(thrown);
  if (!refused.success) return toChatKitError(thrown);
  return toChatKitError(thrown, refused.data.status === 401 ? 'unauthorized' : 'http');
}
