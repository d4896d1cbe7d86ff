/** Telling the rest of the house that sessions have ended. */

/** Sessions that have ended, so that their streams and runs can end too. */
export interface SessionsEnded {
  readonly userId: string;
  readonly sessionIds: readonly string[];
  readonly reason: 'signed-out' | 'revoked' | 'deactivated' | 'deleted';
  /** Whether the person is still signed in somewhere else. */
  readonly staysSignedIn: boolean;
}

/** Ends what the sessions have under way. May return a promise for when it has ended, which must not reject. */
export type SessionsEndedListener = (event: SessionsEnded) => unknown;

export type EndedSessions = ReturnType<typeof endedSessions>;

/**
 * @param isSignedIn whether a person has a session that is alive
 * @param afterwards told of each event, with what resolves when all listeners are done
 */
export function endedSessions(
  isSignedIn: (userId: string) => boolean,
  afterwards: (event: SessionsEnded, done: Promise<void>) => void,
) {
  const listeners = new Set<SessionsEndedListener>();
  return {
    /** Every listener has been called when this returns, in the same tick. @returns resolves when all are done */
    tell(ended: Omit<SessionsEnded, 'staysSignedIn'>): Promise<void> {
      const event = { ...ended, staysSignedIn: isSignedIn(ended.userId) };
      const done = Promise.all([...listeners].map((listener) => listener(event))).then(() => undefined);
      afterwards(event, done);
      return done;
    },
    /** @returns stops listening */
    listen(listener: SessionsEndedListener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
