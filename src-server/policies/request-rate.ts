/** Messages in a minute, counted in memory: a restart takes longer than anybody gains by it. */

const MINUTE_MS = 60_000;

export interface RequestRate {
  /** Counts a message if it fits. @param limit messages in any 60 seconds; null is without limit */
  take(userId: string, limit: number | null): boolean;
  /** Whether the next message would fit; counts nothing. */
  fits(userId: string, limit: number | null): boolean;
}

/** @param now milliseconds of a clock that nobody can set */
export function requestRate(now: () => number = () => performance.now()): RequestRate {
  const sent = new Map<string, number[]>();
  const recentOf = (userId: string) => (sent.get(userId) ?? []).filter((time) => time > now() - MINUTE_MS);
  return {
    fits: (userId, limit) => limit === null || recentOf(userId).length < limit,
    take(userId, limit) {
      if (limit === null) {
        sent.delete(userId);
        return true;
      }
      const recent = recentOf(userId);
      const fits = recent.length < limit;
      if (fits) recent.push(now());
      sent.set(userId, recent);
      return fits;
    },
  };
}
