/** Errors of the REST interface: one table of codes, one class, one handler. */
import type { ErrorRequestHandler, Response } from 'express';
import type { ApiErrorBody } from '../../src-shared/api/index.ts';
import { ChatKitRequestError, NotFoundError } from '../chatkit/index.ts';
import type { Locale } from '../context.ts';
import { localeOf } from './locale.ts';
import { type ApiErrorCode, CHATKIT_FRENCH, MESSAGES } from './messages.ts';

export type { ApiErrorCode };

const STATUS: Record<ApiErrorCode, number> = {
  invalid_json: 422,
  validation: 422,
  invalid_credentials: 401,
  unauthorized: 401,
  second_factor_required: 401,
  second_factor_invalid: 401,
  challenge_expired: 401,
  recovery_refused: 401,
  second_factor_wrong: 403,
  sealing_not_allowed: 403,
  sealing_required: 403,
  account_not_sealed: 403,
  forbidden: 403,
  setup_token: 403,
  wrong_password: 403,
  bad_origin: 403,
  password_common: 422,
  password_own_address: 422,
  locked: 423,
  other_person: 423,
  wrong_pin: 401,
  pin_gone: 401,
  pin_unavailable: 409,
  password_unchanged: 422,
  password_change_required: 403,
  email_taken: 400,
  not_found: 404,
  setup_done: 409,
  last_administrator: 409,
  history_locked: 409,
  history_unreadable: 409,
  history_closed: 423,
  history_opens: 409,
  sealed_account: 409,
  second_factor_on: 409,
  recovery_code_expired: 409,
  recovery_code_needed: 409,
  unseal_needs_keychain: 409,
  recovery_code_wrong: 403,
  recovery_code_mistyped: 422,
  recovery_group_wrong: 422,
  managed_by_environment: 409,
  keychain_unavailable: 409,
  key_not_accepted: 409,
  personal_keys_off: 409,
  model_taken: 409,
  too_many_attempts: 429,
  too_many_requests: 429,
  too_slow: 408,
  too_large: 413,
  draft_too_large: 413,
  search_failed: 503,
  unsupported_media_type: 415,
  bad_host: 421,
  bad_request: 400,
  internal: 500,
};

/** Thrown by a route to answer with `{error:{code,message}}`; the message is in the caller's language. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  /** Added to the message: which field, which value. Never a secret. */
  readonly detail: string | undefined;

  /** Whole seconds after which trying again makes sense; travels as `Retry-After`. */
  retryAfter: number | undefined;

  /** With `second_factor_required`: travels beside the error. */
  challenge: string | undefined;

  constructor(code: ApiErrorCode, detail?: string, status?: number) {
    super(code);
    this.code = code;
    this.status = status ?? STATUS[code];
    this.detail = detail;
  }
}

/** @throws {ApiError} for a password that cannot be taken */
export function refusePassword(problem: 'common' | 'own-address' | null): void {
  if (problem !== null) throw new ApiError(problem === 'common' ? 'password_common' : 'password_own_address');
}

/** Refused for now. @param afterMs how long to wait, in milliseconds */
export function tooManyAttempts(afterMs: number): ApiError {
  const error = new ApiError('too_many_attempts');
  error.retryAfter = Math.max(1, Math.ceil(afterMs / 1000));
  return error;
}

/** Writes an error answer; with an open stream it can only end the connection. */
export function sendError(
  response: Response,
  status: number,
  code: string,
  message: string,
  challenge?: string,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body: ApiErrorBody = { error: { code, message }, ...(challenge !== undefined && { challenge }) };
  response.status(status).json(body);
}

function messageOf(code: ApiErrorCode, detail: string | undefined, locale: Locale): string {
  const text = MESSAGES[locale][code];
  return detail === undefined ? text : `${text} ${detail}`;
}

/**
 * The last middleware: turns whatever was thrown into a clean answer. What is not a client's mistake is logged and
 * answered as `internal` without any detail.
 */
export function errorHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const locale = localeOf(request);
    const known = asApiError(error, request.path);
    if (known !== null) {
      if (known.retryAfter !== undefined && !response.headersSent) {
        response.setHeader('Retry-After', String(known.retryAfter));
      }
      const message = messageOf(known.code, known.detail, locale);
      sendError(response, known.status, known.code, message, known.challenge);
    } else if (error instanceof ChatKitRequestError) {
      const translated = locale === 'fr' ? CHATKIT_FRENCH[error.code] : undefined;
      sendError(response, error.status, error.code, translated ?? error.message);
    } else {
      log(
        `${request.method} ${request.path} failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`,
      );
      sendError(response, 500, 'internal', messageOf('internal', undefined, locale));
    }
  };
}

/** Errors of our own routes, and those of express's body parser under our own codes. */
function asApiError(error: unknown, path: string): ApiError | null {
  if (error instanceof ApiError) return error;
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null;
  switch (type) {
    case 'entity.parse.failed':
      // The ChatKit endpoint calls a broken body a bad request; the REST interface keeps its predecessor's 422.
      return new ApiError('invalid_json', undefined, path.startsWith('/api/chatkit') ? 400 : undefined);
    case 'entity.too.large':
      return new ApiError('too_large');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new ApiError('unsupported_media_type');
    case 'request.aborted':
    case 'request.size.invalid':
    case 'stream.encoding.set':
    case 'entity.verify.failed':
      return new ApiError('bad_request');
    default:
      break;
  }
  if (error instanceof NotFoundError) return new ApiError('not_found');
  const status = statusOf(error);
  if (error instanceof ChatKitRequestError || status === null || status < 400 || status >= 500) return null;
  return new ApiError(status === 404 ? 'not_found' : 'bad_request');
}

/** Errors of express and its file server carry a status; their texts can name paths and stay here. */
function statusOf(error: unknown): number | null {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}
