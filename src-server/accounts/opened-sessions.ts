/**
 * Which sessions of sealed people were opened with what opens their data key: the password, a recovery code. Only in
 * memory, as the keys are. A session that is not among them is known by its cookie, and has to ask for the password.
 */
export class OpenedSessions {
  readonly #owners = new Map<string, string>();

  add(sessionId: string, userId: string): void {
    this.#owners.set(sessionId, userId);
  }

  has(sessionId: string): boolean {
    return this.#owners.has(sessionId);
  }

  remove(sessionIds: Iterable<string>): void {
    for (const id of sessionIds) this.#owners.delete(id);
  }

  of(userId: string): string[] {
    return [...this.#owners].filter(([, owner]) => owner === userId).map(([id]) => id);
  }
}
