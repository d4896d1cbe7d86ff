import type { ThreadItem, UserMessageItem } from '../../../src-shared/chatkit/index.ts';
import type { Transcript } from './transcript.ts';

/** One exchange: what a person asked and everything that came back. */
export interface Turn {
  /** Stable while the turn is on screen, also across the confirmation of its message. */
  key: string;
  user: UserMessageItem | null;
  items: readonly ThreadItem[];
}

/** Cuts a transcript into turns. The first one has no user message when it starts in the middle of one. */
export function groupTurns({ items, keys }: Pick<Transcript, 'items' | 'keys'>): Turn[] {
  const turns: { key: string; user: UserMessageItem | null; items: ThreadItem[] }[] = [];
  for (const item of items) {
    const current = turns.at(-1);
    if (item.type === 'user_message') turns.push({ key: keys[item.id] ?? item.id, user: item, items: [] });
    else if (current === undefined) turns.push({ key: item.id, user: null, items: [item] });
    else current.items.push(item);
  }
  return turns;
}

/** How many messages a person sees after one of theirs: their own, and the answers, each as one. */
export function messagesAfter(transcript: Pick<Transcript, 'items' | 'keys'>, itemId: string): number {
  const turns = groupTurns(transcript);
  const index = turns.findIndex(({ user }) => user?.id === itemId);
  if (index < 0) return 0;
  const seen = turns.slice(index).map(({ user, items }) => {
    const answered = items.some(({ type }) => type !== 'end_of_turn');
    return (user === null ? 0 : 1) + (answered ? 1 : 0);
  });
  return seen.reduce((sum, count) => sum + count, -1);
}

/** The last message that is shown, by a key that stays when the server confirms it; undefined in an empty thread. */
export function lastMessage({ items, keys }: Pick<Transcript, 'items' | 'keys'>): string | undefined {
  const item = items.findLast(isMessage);
  return item === undefined ? undefined : (keys[item.id] ?? item.id);
}

/** How many parts of answers are shown after the message with a key; none when that has gone. */
export function countSince({ items, keys }: Pick<Transcript, 'items' | 'keys'>, key: string): number {
  let count = 0;
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item === undefined || !isMessage(item)) continue;
    if ((keys[item.id] ?? item.id) === key) return count;
    // What people write themselves is not new to them.
    if (item.type !== 'user_message') count += 1;
  }
  return 0;
}

function isMessage({ type }: ThreadItem): boolean {
  return type !== 'end_of_turn';
}

/** True when both hold the same objects, so that a memoised turn need not render. */
export function sameTurn(a: Turn, b: Turn): boolean {
  return (
    a.key === b.key &&
    a.user === b.user &&
    a.items.length === b.items.length &&
    a.items.every((item, index) => item === b.items[index])
  );
}
