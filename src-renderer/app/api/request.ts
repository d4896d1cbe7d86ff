import type { z } from 'zod';
import { apiErrorSchema } from '../../../src-shared/api/index.ts';
import type { ApiFailure, ApiResult } from './failure.ts';
import { type RefusalListeners, tellRefusal } from './refusals.ts';

/** One call of the REST interface. The cookie identifies the person; nothing secret is kept in the page. */
export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path on the own server, such as `/api/users/me`. */
  readonly path: string;
  readonly body?: unknown;
  /** Shape of the answer; `null` when a 204 without body is expected. */
  readonly answer: z.ZodType<T> | null;
  readonly signal?: AbortSignal;
  /** True for what must arrive although the page is being left. */
  readonly keepalive?: boolean;
}

export interface Transport {
  readonly fetch: typeof fetch;
  /** Language for the server's own sentences. */
  readonly language: () => string;
  /** Whose page this is: the server then does nothing as anybody else. Null while nobody is signed in. */
  readonly person?: () => string | null;
  /** Who is told of what is refused of a request that begins now. */
  readonly refusals: () => RefusalListeners;
}

/** Sends one request and checks the answer. Never throws; a cancelled request is `unreachable`. */
export async function send<T>(transport: Transport, call: Call<T>): Promise<ApiResult<T>> {
  const person = transport.person?.() ?? null;
  const refusals = transport.refusals();
  let response: Response;
  try {
    response = await transport.fetch(call.path, {
      method: call.method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      headers: {
        Accept: 'application/json',
        'Accept-Language': transport.language(),
        ...(person === null ? {} : { 'Foyer-Person': person }),
        ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.keepalive === true ? { keepalive: true } : {}),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } };
  }

  if (!response.ok) {
    const failure = await readFailure(response);
    if (failure.kind === 'refused') tellRefusal(refusals, failure.status, failure.code);
    return { ok: false, failure };
  }
  return readAnswer(response, call.answer);
}

async function readFailure(response: Response): Promise<ApiFailure> {
  const parsed = apiErrorSchema.safeParse(await readJson(response));
  if (!parsed.success) return { kind: 'unexpected', status: response.status };
  const { error, challenge } = parsed.data;
  const { code, message } = error;
  const seconds = /^\d{1,6}$/.exec(response.headers.get('Retry-After') ?? '')?.[0];
  const retryAfter = seconds === undefined ? {} : { retryAfter: Number(seconds) };
  return {
    kind: 'refused',
    status: response.status,
    code,
    message,
    ...retryAfter,
    ...(challenge !== undefined && { challenge }),
  };
}

async function readAnswer<T>(response: Response, shape: z.ZodType<T> | null): Promise<ApiResult<T>> {
  const unexpected = { ok: false, failure: { kind: 'unexpected', status: response.status } } as const;
  if (shape === null) {
    // Only calls declared without an answer come here: their T is void.
    return response.status === 204 ? { ok: true, value: undefined as T } : unexpected;
  }
  const parsed = shape.safeParse(await readJson(response));
  return parsed.success ? { ok: true, value: parsed.data } : unexpected;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
