/** What can go wrong with a model server, as far as a person can act on it. */
export type ProblemKind =
  /** 401: no key, or a wrong one. */
  | 'key-refused'
  /** 401, 402 or 403 for a key of the person's own. */
  | 'own-key-refused'
  /** 403: the key is good, but not for this. */
  | 'forbidden'
  | 'model-unknown'
  /** The person chose a model that is not on offer here. */
  | 'model-not-offered'
  | 'tool-not-offered'
  | 'rate-limited'
  /** The person's own money for the month is used up, by Foyer's rules. */
  | 'budget-month'
  /** The person's own tokens for the day are used up. */
  | 'budget-day'
  /** The person has a budget in money, but nobody has said what this model costs. */
  | 'no-price'
  /** The person sent more messages in a minute than they may. */
  | 'too-fast'
  /** The account with the provider is used up. */
  | 'quota'
  /** The conversation is longer than the model can read. */
  | 'context-too-long'
  /** Any other 4xx. */
  | 'rejected'
  /** 5xx, or the server reported an error in the middle of the answer. */
  | 'provider-error'
  | 'unreachable'
  /** No byte for too long. */
  | 'silent'
  /** The server sent the request on to another address; the key stays here. */
  | 'redirected'
  /** The answer is a web page or a document, not a stream. */
  | 'not-a-model-server'
  | 'empty'
  /** The connection ended before the answer did. */
  | 'cut'
  /** What came cannot be understood. */
  | 'garbled'
  /** The model reached its own limit of length. */
  | 'length'
  | 'filtered'
  /** The answer grew past our limit. */
  | 'answer-too-long'
  | 'too-many-steps'
  /** Summaries of the reasoning are not for this account; the turn is run again without them. */
  | 'summaries-refused'
  | 'internal';

/**
 * Something went wrong with a model server. Carries nothing that came from it: answers of servers may echo the key,
 * the prompt or worse.
 */
export class ModelProblem extends Error {
  override readonly name = 'ModelProblem';
  readonly kind: ProblemKind;
  /** The HTTP status, where there was one. */
  readonly status: number | null;

  constructor(kind: ProblemKind, status: number | null = null) {
    super(status === null ? kind : `${kind} (status ${status})`);
    this.kind = kind;
    this.status = status;
  }
}
