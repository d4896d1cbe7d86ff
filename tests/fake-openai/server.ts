/**
 * A fake OpenAI server for tests: the Responses API, chat completions and the list of models, over real HTTP on
 * loopback. It shows what good servers do, and what bad ones do; the newest user text says which (see `scenario.ts`).
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BillLine, billLine } from './bill.ts';
import { streamChat } from './chat.ts';
import { streamResponses } from './responses.ts';
import { type ModelRequest, modelRequestSchema, readTurn, type Tags } from './scenario.ts';
import { untilGone } from './wire.ts';

/** One request as it came in. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** The parsed JSON body, or undefined. */
  readonly body: unknown;
  /** How the answer ended: `aborted` when the client went away before the end. */
  readonly closed: Promise<'complete' | 'aborted'>;
}

export interface FakeOpenAIOptions {
  readonly port?: number;
  /** Requests without this bearer key get 401, with the key that was sent in the message. */
  readonly apiKey?: string;
  /** Refuse summaries of the reasoning, as for organisations that are not verified. */
  readonly refuseSummaries?: boolean;
  /** Refuse requests whose body is longer than this many characters, as servers with a small context do. */
  readonly contextCharacters?: number;
  readonly models?: readonly string[];
  /** Count tokens and obey limits of length. Default: every request reports the same usage. */
  readonly counts?: boolean;
}

export interface FakeOpenAI {
  /** Base URL, ending in `/v1`. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** With `counts`: one line for each request that was answered. */
  readonly bill: readonly BillLine[];
  close(): Promise<void>;
}

export async function startFakeOpenAI(options: FakeOpenAIOptions = {}): Promise<FakeOpenAI> {
  const requests: RecordedRequest[] = [];
  const bill: BillLine[] = [];
  const server = http.createServer((request, response) => {
    answer(request, response, options, { requests, bill }).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    bill,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  options: FakeOpenAIOptions,
  { requests, bill }: { requests: RecordedRequest[]; bill: BillLine[] },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const path = request.url ?? '/';
  requests.push({
    method: request.method ?? 'GET',
    path,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
    closed: new Promise((resolve) => {
      response.once('close', () => resolve(response.writableFinished ? 'complete' : 'aborted'));
    }),
  });

  const key = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (options.apiKey !== undefined && key !== options.apiKey) return refuseKey(response, key);
  if (request.method === 'GET' && path === '/v1/models') return listModels(response, options);
  const stream = { '/v1/responses': streamResponses, '/v1/chat/completions': streamChat }[path];
  if (request.method !== 'POST' || stream === undefined) {
    return refuse(response, 404, { message: `Unknown request URL: ${request.method} ${path}` });
  }
  const parsed = modelRequestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return refuse(response, 400, { message: parsed.error.message });
  if (await misbehave(parsed.data, text.length, key, options, response)) return;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.flushHeaders();
  const turn = readTurn(parsed.data);
  const line = options.counts === true ? billLine(bill, text) : null;
  await stream(parsed.data, line === null ? turn : { ...turn, line }, response);
}

/** Everything that goes wrong before a stream begins. True when the request has been dealt with. */
async function misbehave(
  body: ModelRequest,
  length: number,
  key: string,
  options: FakeOpenAIOptions,
  response: http.ServerResponse,
): Promise<boolean> {
  const { tags } = readTurn(body);
  if (options.refuseSummaries === true && typeof body.reasoning?.summary === 'string') {
    refuse(response, 400, {
      message: 'Your organization must be verified to generate reasoning summaries.',
      code: 'unsupported_value',
      param: 'reasoning.summary',
    });
    return true;
  }
  if (length > (options.contextCharacters ?? Number.POSITIVE_INFINITY)) {
    refuse(response, 400, { message: 'the request exceeds the context', code: 'context_length_exceeded' });
    return true;
  }
  if (tags.has('noheaders')) {
    await untilGone(response);
    return true;
  }
  if (tags.has('html')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in</title><h1>Please sign in to the hotel network</h1>');
    return true;
  }
  if (tags.has('redirect')) {
    response.writeHead(307, { location: tags.get('redirect') || 'http://127.0.0.1:9/v1/steal' });
    response.end();
    return true;
  }
  return refuseWithStatus(tags, key, response);
}

function refuseWithStatus(tags: Tags, key: string, response: http.ServerResponse): boolean {
  const status = Number(tags.get('status') ?? Number.NaN);
  if (Number.isNaN(status)) return false;
  if (status === 401) refuseKey(response, key);
  else if (status === 404) refuse(response, 404, { message: 'no such model', code: 'model_not_found' });
  else refuse(response, status, { message: `the fake model says ${status} to ${key}` });
  return true;
}

function refuse(response: http.ServerResponse, status: number, error: object): void {
  const retry = status === 429 || status >= 500 ? { 'retry-after-ms': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify({ error: { type: 'fake_error', param: null, code: null, ...error } }));
}

function refuseKey(response: http.ServerResponse, key: string): void {
  refuse(response, 401, { message: `Incorrect API key provided: ${key}.`, code: 'invalid_api_key' });
}

function listModels(response: http.ServerResponse, options: FakeOpenAIOptions): void {
  const data = (options.models ?? ['fake-model', 'fake-model-large']).map((id) => ({
    id,
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'nobody',
  }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data }));
}
