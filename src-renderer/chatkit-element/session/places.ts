/** Where somebody was reading in each thread: while the element is mounted, and longer where the host keeps it. */
import { z } from 'zod';

/** A place to come back to; who was at the end of a thread has none. */
export interface Place {
  /** The item that reached into the top of the window. */
  item: string;
  /** Where it began, below the top of the window, in pixels; mostly negative. */
  offset: number;
  /** How many items were there from this one to the end: so many are needed to come back. */
  toEnd: number;
}

/** A place for places. Our own option `places` (docs/element.md). */
export interface PlaceStorage {
  /** What is kept: an object of values by thread. Called once, when the element starts. */
  load(): unknown;
  /** Keeps the place where a thread was left; null when it was left at its end. */
  save(threadId: string, place: unknown | null): void;
}

const keptSchema = z.record(
  z.string().max(200),
  z.object({ item: z.string().max(200), offset: z.number(), toEnd: z.number().int().min(0) }),
);

/** The threads that are remembered; the one that was left first is forgotten first. */
const MOST_THREADS = 100;
/** So many items may have come since, and the place is still found. */
const COME_SINCE = 10;
/** What servers give at once. */
const MOST_AT_ONCE = 100;
/** Further up, a thread opens at its end: to load and draw so much would take longer than to scroll. In items. */
const FURTHEST = 80;

/** An item that somebody wants to see. */
export interface SoughtItem {
  itemId: string;
  /** How many items of its thread come after it, as far as that is known. */
  itemsAfter: number;
}

/** Further up, an item is not looked for: what is read on the way is drawn. In items. */
export const FURTHEST_SOUGHT = 500;

/** How many items of a thread have to be loaded to see one of them; what is further up is read after that. */
export function itemsToSee({ itemsAfter }: SoughtItem): number {
  return Math.min(itemsAfter + 1 + COME_SINCE, MOST_AT_ONCE);
}

/** Places by thread. */
export interface Places {
  get(threadId: string | null): Place | null;
  /** How many items of the thread have to be loaded to come back to its place. */
  itemsNeeded(threadId: string | null): number;
  /** Null: at the end. */
  set(threadId: string | null, place: Place | null): void;
}

export function createPlaces(storage: () => PlaceStorage | undefined = () => undefined): Places {
  const places = new Map<string, Place>(Object.entries(keptSchema.safeParse(storage()?.load()).data ?? {}));
  const get = (threadId: string | null) => (threadId === null ? null : (places.get(threadId) ?? null));
  return {
    get,
    itemsNeeded(threadId) {
      const place = get(threadId);
      return place === null ? 0 : place.toEnd + COME_SINCE;
    },
    set(threadId, place) {
      if (threadId === null) return;
      places.delete(threadId);
      const isKept = place !== null && place.toEnd <= FURTHEST;
      storage()?.save(threadId, isKept ? place : null);
      if (!isKept) return;
      places.set(threadId, place);
      const [first] = places.keys();
      if (places.size > MOST_THREADS && first !== undefined) places.delete(first);
    },
  };
}
