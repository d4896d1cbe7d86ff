/**
 * Guests keep nothing: what they write is encrypted with a key that lives in memory alone, from their first sign-in
 * until they are signed in nowhere any more. A process that dies takes the key along, so nothing on the disk opens.
 */
import { randomBytes } from 'node:crypto';

export type GuestStays = ReturnType<typeof guestStays>;

/** @param clearAway removes what a guest wrote; called once for each stay, after its end */
export function guestStays(clearAway: (userId: string) => Promise<void>) {
  const keys = new Map<string, Buffer>();
  const ending = new Map<string, Promise<void>>();

  return {
    /** The 32 bytes of the present stay; null when there is none. */
    key: (userId: string): Buffer | null => keys.get(userId) ?? null,

    /** Ids of the guests who are staying. */
    guests: (): string[] => [...keys.keys()],

    /** Resolves when nothing of an earlier stay is left. */
    async settled(userId: string): Promise<void> {
      for (let before = ending.get(userId); before !== undefined; before = ending.get(userId)) await before;
    },

    /** Makes the key, unless the guest is staying already. Call when `settled`, in the tick that makes the session. */
    begin(userId: string): void {
      if (!keys.has(userId)) keys.set(userId, randomBytes(32));
    },

    /**
     * Nothing opens from now on, and what was written is cleared away. A guest who is not staying is no error.
     *
     * @param before what still works for the guest; waited for, so that it writes nothing into the next stay
     */
    end(userId: string, before: Promise<void>): void {
      const key = keys.get(userId);
      if (key === undefined) return;
      keys.delete(userId);
      const over = before
        .then(() => clearAway(userId))
        .finally(() => {
          key.fill(0);
          ending.delete(userId);
        });
      ending.set(userId, over);
    },

    /** Wipes all keys. */
    close(): void {
      for (const key of keys.values()) key.fill(0);
      keys.clear();
    },
  };
}
