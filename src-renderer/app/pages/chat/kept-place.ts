import { z } from 'zod';

/** The chat element's own option `places` (docs/element.md). */
export interface PlaceStorage {
  load(): unknown;
  save(threadId: string, place: unknown | null): void;
}

const keyOf = (userId: string) => `foyer.place.${userId}`;
const keptSchema = z.record(z.string(), z.unknown());

/**
 * Where a person was reading in the conversation that was left last: ids and numbers, nothing that was written. The page
 * is loaded anew when it is locked, and opens there again.
 */
export function placeStorage(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  userId: string,
): PlaceStorage {
  const key = keyOf(userId);
  return {
    load() {
      const text = storage.getItem(key);
      // It counts once: a page that is loaded anew later begins at the end.
      storage.removeItem(key);
      try {
        return keptSchema.parse(JSON.parse(text ?? '{}'));
      } catch {
        return {};
      }
    },
    save(threadId, place) {
      if (place === null) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify({ [threadId]: place }));
    },
  };
}

/** Forgets it when the person signs out. */
export function forgetPlace(storage: Pick<Storage, 'removeItem'>, userId: string): void {
  storage.removeItem(keyOf(userId));
}
