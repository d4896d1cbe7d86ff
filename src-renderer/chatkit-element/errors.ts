/** What can go wrong in the element, as one typed error that hosts can tell apart by `code`. */

/**
 * - `configuration`: the options cannot work (no `api.url`, hosted mode)
 * - `unauthorized`: HTTP 401, the session is over
 * - `not_found`: HTTP 404, the thread is gone
 * - `http`: any other refusal of the server
 * - `network`: the server could not be reached
 * - `interrupted`: a stream ended before the turn did
 * - `protocol`: the answer was not ChatKit
 * - `stream`: the server reported an error inside the stream
 * - `busy`: not possible while a response is running
 * - `unsupported`: part of the contract that this version does not do
 * - `disconnected`: the element left the page
 */
export type ChatKitErrorCode =
  | 'configuration'
  | 'unauthorized'
  | 'not_found'
  | 'http'
  | 'network'
  | 'interrupted'
  | 'protocol'
  | 'stream'
  | 'busy'
  | 'unsupported'
  | 'disconnected';

export interface ChatKitErrorDetails {
  /** HTTP status, when there was an answer. */
  status?: number;
  /** The server's own error code, from `{error:{code}}` or an `error` event. */
  serverCode?: string;
  /** True when `message` was written by the server for people to read. */
  forPeople?: boolean;
  cause?: unknown;
}

/** The error that every rejected method and every `chatkit.error` event carries. */
export class ChatKitError extends Error {
  readonly code: ChatKitErrorCode;
  readonly status: number | undefined;
  readonly serverCode: string | undefined;
  readonly forPeople: boolean;

  constructor(code: ChatKitErrorCode, message: string, details: ChatKitErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ChatKitError';
    this.code = code;
    this.status = details.status;
    this.serverCode = details.serverCode;
    this.forPeople = details.forPeople ?? false;
  }
}

/** Wraps whatever was thrown; a ChatKitError passes unchanged. */
export function toChatKitError(thrown: unknown, code: ChatKitErrorCode = 'network'): ChatKitError {
  if (thrown instanceof ChatKitError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ChatKitError(code, message, { cause: thrown });
}

/** True for the error that an aborted fetch throws. */
export function isAbort(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'AbortError';
}
