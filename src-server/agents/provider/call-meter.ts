/** What the agents room asks before it sends a request to a model server, and tells afterwards. Knows no database. */
import type { ProblemKind } from '../failures/problem.ts';

/** Tokens of one request as the server reported them; `cached` is a part of `input`. */
export interface ReportedTokens {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** How a request ended, as far as its cost goes. */
export type RequestEnd =
  | { readonly kind: 'reported'; readonly tokens: ReportedTokens }
  /** Stopped by us before the server reported; the answer cannot have had more tokens than this by then. */
  | { readonly kind: 'estimated'; readonly outputTokens: number }
  /** Nobody knows what it cost. */
  | { readonly kind: 'worst-case' }
  /** Refused by the server, or never arrived there. */
  | { readonly kind: 'free' };

export interface RequestSize {
  /** More tokens than this the input cannot have. */
  readonly inputTokens: number;
  /** The longest answer that the request asks for; null when it says nothing. */
  readonly outputTokens: number | null;
}

/** A request that may be sent. */
export interface MeteredRequest {
  /** The longest answer to ask for; null: leave the request as it is. */
  readonly outputTokens: number | null;
  /** Called once. Must not throw. */
  end(end: RequestEnd): void;
}

/** Asked for every single request: each step of a turn with tools, and each time a library tries again. */
export interface CallMeter {
  begin(size: RequestSize): MeteredRequest | { readonly refused: ProblemKind };
}
