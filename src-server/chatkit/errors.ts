/** What can go wrong: before the stream opens it is an HTTP status, afterwards an `error` event (protocol §1.5). */

/** A request that is refused before anything was written. The message is for people and holds no internals. */
export class ChatKitRequestError extends Error {
  override readonly name = 'ChatKitRequestError';
  /** HTTP status, 4xx or 501. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Thrown by a handler to tell the person what happened; becomes one `error` event. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  /** `custom`: the message is shown. `stream.error`: the client shows its own general text. */
  readonly code: 'custom' | 'stream.error';
  readonly allowRetry: boolean;
  /** Shown to the person; never a provider's text, never a secret. */
  readonly publicMessage: string | undefined;

  constructor(options: {
    code: 'custom' | 'stream.error';
    message?: string;
    allowRetry: boolean;
    cause?: unknown;
  }) {
    super(options.message ?? options.code, options.cause === undefined ? {} : { cause: options.cause });
    this.code = options.code;
    this.allowRetry = options.allowRetry;
    this.publicMessage = options.message;
  }
}
