import type { ErrorRequestHandler } from 'express';
import { ChatKitRequestError } from '../chatkit/index.ts';
import { sendError } from './errors.ts';

/** Errors of express's body parser, by their `type`. */
const BODY_ERRORS: Readonly<Record<string, ChatKitRequestError>> = {
  'entity.parse.failed': new ChatKitRequestError(
    400,
    'invalid_json',
    'The request is not valid JSON. Nothing was changed.',
  ),
  'entity.too.large': new ChatKitRequestError(
    413,
    'too_large',
    'The request is too large. Nothing was changed.',
  ),
  'charset.unsupported': unsupportedMediaType(),
  'encoding.unsupported': unsupportedMediaType(),
  'request.aborted': badRequest(),
  'request.size.invalid': badRequest(),
};

export function unsupportedMediaType(): ChatKitRequestError {
  return new ChatKitRequestError(
    415,
    'unsupported_media_type',
    'The body must be JSON (Content-Type: application/json). Nothing was changed.',
  );
}

function badRequest(): ChatKitRequestError {
  return new ChatKitRequestError(
    400,
    'bad_request',
    'The request cannot be understood. Nothing was changed.',
  );
}

/**
 * Answers what an endpoint refuses with `{error:{code,message}}`, for applications that have no error handler of their
 * own. What is not a {@link ChatKitRequestError} is logged and answered as `internal`, without any detail.
 */
export function chatKitErrorHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const known = error instanceof ChatKitRequestError ? error : BODY_ERRORS[typeOf(error)];
    if (known !== undefined) {
      sendError(response, known.status, known.code, known.message);
      return;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : 'unknown';
    log(`${request.method} ${request.baseUrl}${request.path} failed: ${detail}`);
    sendError(
      response,
      500,
      'internal',
      'This did not work. What was saved before is kept. Please try again.',
    );
  };
}

function typeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
}
