/** Puts a meter in front of a model server: nothing is sent that was not reserved, and the end of each request is told. */
import { z } from 'zod';
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
import { ModelProblem } from '../failures/problem.ts';
import type { CallMeter, MeteredRequest, ReportedTokens, RequestEnd } from './call-meter.ts';
import {
  type AnswerObserver,
  type Fetch,
  failedStream,
  type GuardedFetchOptions,
  guardedFetch,
} from './guarded-fetch.ts';

/** Tokens that one image can have: more than any model's largest, and far less than its Base64 has characters. */
const IMAGE_TOKENS = 50_000;
const IMAGE_DATA = /data:image\/[\w.+-]+;base64,[\w+/=]+/g;

/** What may be on its way while we stop a stream: tokens that were made, but not yet read by us. */
const UNREAD_TOKENS = 1_000;

const USAGE = /"usage"\s*:\s*\{/;
const count = z.number().int().min(0);
const chatUsage = z.object({
  usage: z.object({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
  }),
});
const responsesUsage = z.object({
  response: z.object({
    usage: z.object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
    }),
  }),
});

export interface MeteredFetchOptions extends GuardedFetchOptions {
  readonly meter: CallMeter;
  /** The model thinks out of sight: what was read of an answer says nothing about what it cost. */
  readonly hidesThoughts: boolean;
}

/** {@link guardedFetch} with a meter. */
export function meteredFetch(options: MeteredFetchOptions): Fetch {
  const { mode, meter } = options;
  return async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    const field = limitField(options.baseUrl, mode);
    const request = meter.begin({ inputTokens: mostTokens(body), outputTokens: limitIn(body, field) });
    if ('refused' in request) return failedStream(new ModelProblem(request.refused));
    const settle = settler(request, options.hidesThoughts);
    const send = guardedFetch({ ...options, observer: observer(settle, mode, init?.signal) });
    try {
      const response = await send(input, {
        ...init,
        ...(request.outputTokens === null ? {} : withLimit(init, body, field, request.outputTokens)),
      });
      if (!response.ok) settle.end({ kind: 'free' });
      else if (response.body === null) settle.end({ kind: 'worst-case' });
      return response;
    } catch (error) {
      if (init?.signal?.aborted) settle.stopped();
      else settle.end({ kind: neverArrived(error) ? 'free' : 'worst-case' });
      throw error;
    }
  };
}

/** A token of any model stands for one byte or more; the marks between messages are shorter than their JSON. */
function mostTokens(body: string): number {
  let images = 0;
  const text = body.replace(IMAGE_DATA, (data) => {
    images += Math.min(IMAGE_TOKENS, data.length);
    return '';
  });
  return Buffer.byteLength(text) + images;
}

type LimitField = 'max_output_tokens' | 'max_completion_tokens' | 'max_tokens';

function limitField(baseUrl: string, mode: ConnectionMode): LimitField {
  if (mode === 'responses') return 'max_output_tokens';
  return new URL(baseUrl).hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens';
}

const bodySchema = z.record(z.string(), z.unknown());

function limitIn(body: string, field: LimitField): number | null {
  if (!body.includes(`"${field}"`)) return null;
  const value = bodySchema.safeParse(JSON.parse(body)).data?.[field];
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

/** The request with a limit, and without the length that a library wrote down for it. */
function withLimit(
  init: RequestInit | undefined,
  body: string,
  field: LimitField,
  tokens: number,
): RequestInit {
  const headers = new Headers(init?.headers);
  headers.delete('content-length');
  return { headers, body: JSON.stringify({ ...bodySchema.parse(JSON.parse(body)), [field]: tokens }) };
}

interface Settler {
  read(data: string, mode: ConnectionMode): void;
  received(bytes: number): void;
  end(end: RequestEnd): void;
  /** We ended it ourselves. */
  stopped(): void;
}

/** Tells the end once: the first that is known counts. */
function settler(request: MeteredRequest, hidesThoughts: boolean): Settler {
  let isOpen = true;
  let bytes = 0;
  const end = (how: RequestEnd) => {
    if (!isOpen) return;
    isOpen = false;
    request.end(how);
  };
  return {
    end,
    read(data, mode) {
      if (!isOpen || !USAGE.test(data)) return;
      const tokens = reportedIn(data, mode);
      // Zeros are what servers send that do not count.
      if (tokens !== null && tokens.input + tokens.output > 0) end({ kind: 'reported', tokens });
    },
    received: (more) => {
      bytes += more;
    },
    stopped: () =>
      end(
        hidesThoughts ? { kind: 'worst-case' } : { kind: 'estimated', outputTokens: bytes + UNREAD_TOKENS },
      ),
  };
}

function reportedIn(data: string, mode: ConnectionMode): ReportedTokens | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (mode === 'chat') {
    const usage = chatUsage.safeParse(value).data?.usage;
    return usage === undefined
      ? null
      : {
          input: usage.prompt_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
          output: usage.completion_tokens,
        };
  }
  const usage = responsesUsage.safeParse(value).data?.response.usage;
  return usage === undefined
    ? null
    : {
        input: usage.input_tokens,
        cached: usage.input_tokens_details?.cached_tokens ?? 0,
        output: usage.output_tokens,
      };
}

function observer(
  settle: Settler,
  mode: ConnectionMode,
  signal: AbortSignal | null | undefined,
): AnswerObserver {
  return {
    read: (data) => settle.read(data, mode),
    received: settle.received,
    ended(failure) {
      if (failure !== null && signal?.aborted) settle.stopped();
      else settle.end({ kind: wasRefused(failure) ? 'free' : 'worst-case' });
    },
    cancelled: settle.stopped,
  };
}

/** No model server has answered at all. */
function wasRefused(error: unknown): boolean {
  return (
    error instanceof ModelProblem && (error.kind === 'redirected' || error.kind === 'not-a-model-server')
  );
}

const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : null;
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    NEVER_ARRIVED.has(cause.code)
  );
}
