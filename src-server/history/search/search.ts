/** Finding conversations again by the words in them. */
import type Database from 'better-sqlite3';
import type { FoundThread } from '../../../src-shared/api/index.ts';

export interface Search {
  /**
   * The conversations that hold all of these words, in a title or in one message; the last word may be a beginning.
   * Those with the newest messages come first, each once, with the newest message that fits.
   *
   * @param query what a person typed
   * @param limit of conversations
   */
  find(query: string, limit: number): FoundThread[];
}

/** More words than that are looked for by nobody. */
const MAX_WORDS = 16;

/** Of messages that fit: enough for many conversations, and few enough to hold nobody up. */
const MAX_MATCHES = 2_000;

/** Words of a message around those that were looked for. */
const EXCERPT_WORDS = 24;

/** Begin and end of what fits within an excerpt: characters that nobody types, and that are taken out of all texts. */
const [BEGIN, END] = ['\u0002', '\u0003'];

interface ThreadRow {
  readonly sequence: number;
  readonly id: string;
  readonly title: string | null;
  readonly createdAt: string;
}

/** @param client an open history */
export function searchOver(client: Database.Database): Search {
  const threadColumns = 't.sequence, t.id, t.title, t.created_at AS createdAt';
  const matches = client.prepare<[string, number], { readonly sequence: number }>(
    'SELECT rowid AS sequence FROM item_text WHERE item_text MATCH ? ORDER BY rowid DESC LIMIT ?',
  );
  const itemAt = client.prepare<[number], { readonly id: string; readonly threadId: string }>(
    'SELECT id, thread_id AS threadId FROM items WHERE sequence = ?',
  );
  const threadOf = client.prepare<[string], ThreadRow>(`SELECT ${threadColumns} FROM threads t WHERE id = ?`);
  const excerptOf = client.prepare<[string, bigint], { readonly excerpt: string }>(
    `SELECT snippet(item_text, 0, '${BEGIN}', '${END}', '…', ${EXCERPT_WORDS}) AS excerpt
    FROM item_text WHERE item_text MATCH ? AND rowid = ?`,
  );
  const itemsAfter = client
    .prepare<[string, number]>('SELECT count(*) FROM items WHERE thread_id = ? AND sequence > ?')
    .pluck();
  const titled = client.prepare<[string, number], ThreadRow>(
    `SELECT ${threadColumns} FROM title_text JOIN threads t ON t.sequence = title_text.rowid
    WHERE title_text MATCH ? ORDER BY title_text.rowid DESC LIMIT ?`,
  );

  const found = (thread: ThreadRow): FoundThread => ({
    thread_id: thread.id,
    title: thread.title,
    created_at: thread.createdAt,
    item_id: null,
    items_after: 0,
    excerpt: [],
  });

  return {
    find(query, limit) {
      const match = matchOf(query);
      if (match === null) return [];
      const threads = new Map<string, FoundThread>();
      for (const { sequence } of matches.iterate(match, MAX_MATCHES)) {
        if (threads.size >= limit) break;
        const item = itemAt.get(sequence);
        const thread = item && !threads.has(item.threadId) ? threadOf.get(item.threadId) : undefined;
        if (item === undefined || thread === undefined) continue;
        threads.set(thread.id, {
          ...found(thread),
          item_id: item.id,
          items_after: Number(itemsAfter.get(thread.id, sequence)),
          // A whole number: the index does not look at others, and gives any row that fits.
          excerpt: piecesOf(excerptOf.get(match, BigInt(sequence))?.excerpt ?? ''),
        });
      }
      for (const thread of titled.iterate(match, limit)) {
        if (threads.size >= limit) break;
        if (!threads.has(thread.id)) threads.set(thread.id, found(thread));
      }
      return [...threads.values()];
    },
  };
}

/** What the index is asked for; null when there is no word in it. Each word is quoted: nothing of it is syntax. */
function matchOf(query: string): string | null {
  const words = query.normalize('NFC').match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
  const last = words.length - 1;
  // Korean words have endings, Chinese and Japanese are written without spaces: what is typed is a beginning.
  const isBeginning = (word: string, at: number) =>
    at === last || /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word);
  const terms = words.slice(0, MAX_WORDS).map((word, at) => `"${word}"${isBeginning(word, at) ? '*' : ''}`);
  return terms.length === 0 ? null : terms.join(' ');
}

/** An excerpt as pieces, so that nobody has to find marks in a text that somebody else wrote. */
function piecesOf(excerpt: string): FoundThread['excerpt'] {
  return excerpt
    .split(BEGIN)
    .flatMap((part, at) => {
      const [match = '', ...rest] = at === 0 ? ['', part] : part.split(END);
      return [
        { text: match, match: true },
        { text: rest.join('').replaceAll(END, ''), match: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
