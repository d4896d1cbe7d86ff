import { z } from 'zod';
import { forgetPlace } from './kept-place.ts';

/** Ids come from the server; anything that does not look like one is not worth asking for. */
const threadIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
const keyOf = (userId: string) => `foyer.thread.${userId}`;

type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The thread this person had open in this window, to open it again after a reload; null when there was none. */
export function rememberedThread(storage: SessionStorage, userId: string): string | null {
  const id = threadIdSchema.safeParse(storage.getItem(keyOf(userId)));
  return id.success ? id.data : null;
}

/** Remembers the open thread; null means a new one. */
export function rememberThread(storage: SessionStorage, userId: string, threadId: string | null): void {
  if (threadId === null) storage.removeItem(keyOf(userId));
  else storage.setItem(keyOf(userId), threadId);
}

/** Forgets it when the person signs out, and where they were reading. */
export function forgetOpenThread(storage: SessionStorage, userId: string): void {
  storage.removeItem(keyOf(userId));
  forgetPlace(storage, userId);
}
