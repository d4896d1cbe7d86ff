/** How far one turn may go. */
export interface Limits {
  /** Milliseconds without a byte from the model server, before or during an answer, after which it counts as dead. */
  readonly idleMs: number;
  /** Model calls in one turn, tools included. */
  readonly modelCalls: number;
  /** Newest items of the thread that a model gets to see. */
  readonly historyItems: number;
  /** Characters of those items, about four to a token; the newest message is sent whatever its length. */
  readonly historyCharacters: number;
  /** Characters of one answer, thoughts included: a server that never stops must not fill the memory. */
  readonly answerCharacters: number;
}

export const DEFAULT_LIMITS: Limits = {
  idleMs: 120_000,
  modelCalls: 12,
  historyItems: 200,
  historyCharacters: 120_000,
  answerCharacters: 2_000_000,
};
