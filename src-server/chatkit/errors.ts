/** What can go wrong: before the stream opens it is an HTTP status, afterwards an `error` event (protocol §1.5). */

/** A request that is refused before anything was written. The message is for people and holds no internals. */
export class ChatKitRequestError extends Error {
  override readonly name = 'ChatKitRequestError';
  /** HTTP status: 4xx, or 5xx for what this machine cannot do. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The known codes; the set is open (protocol §1.5). */
export type StreamErrorCode = 'custom' | 'stream.error' | (string & {});

/** Thrown by a handler to tell the person what happened; becomes one `error` event. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  /** `custom`: the message is shown. `stream.error`, and codes that a client does not know: its own general text. */
  readonly code: StreamErrorCode;
  readonly allowRetry: boolean;
  /** Shown to the person; never a provider's text, never a secret. */
  readonly publicMessage: string | undefined;

  /** @param options.allowRetry default: true for `stream.error`, false for every other code */
  constructor(options: { code: StreamErrorCode; message?: string; allowRetry?: boolean; cause?: unknown }) {
    super(options.message ?? options.code, options.cause === undefined ? {} : { cause: options.cause });
    this.code = options.code;
    this.allowRetry = options.allowRetry ?? options.code === 'stream.error';
    this.publicMessage = options.message;
  }
}
