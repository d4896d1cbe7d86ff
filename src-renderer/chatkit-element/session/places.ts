/** Where somebody was reading in each thread, while the element is mounted. */

/** A place to come back to; who was at the end of a thread has none. */
export interface Place {
  /** The item that reached into the top of the window. */
  item: string;
  /** Where it began, below the top of the window, in pixels; mostly negative. */
  offset: number;
  /** How many items were there from this one to the end: so many are needed to come back. */
  toEnd: number;
}

/** The threads that are remembered; the one that was left first is forgotten first. */
const MOST_THREADS = 100;
/** So many items may have come since, and the place is still found. */
const COME_SINCE = 10;
/** Further up, a thread opens at its end: to load and draw so much would take longer than to scroll. In items. */
const FURTHEST = 80;

/** Places by thread. */
export interface Places {
  get(threadId: string | null): Place | null;
  /** How many items of the thread have to be loaded to come back to its place. */
  itemsNeeded(threadId: string | null): number;
  /** Null: at the end. */
  set(threadId: string | null, place: Place | null): void;
}

export function createPlaces(): Places {
  const places = new Map<string, Place>();
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
      if (place === null || place.toEnd > FURTHEST) return;
      places.set(threadId, place);
      const [first] = places.keys();
      if (places.size > MOST_THREADS && first !== undefined) places.delete(first);
    },
  };
}
