/** Requests to other servers, over Node's own HTTP client. */
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { remembering } from '../remembering.ts';
import type { Reach } from './address.ts';
import { AddressRefused, checkedLookup, isRefusedLiteral, type Resolve } from './checked-lookup.ts';

/** Milliseconds until a server that does not take the connection counts as unreachable. */
const CONNECT_MS = 10_000;

/** Idle connections are kept for so long: a question often follows the answer before. */
const KEEP_ALIVE_MS = 60_000;

/** Answers with these never have a body (Fetch standard, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304]);

/** What was sent on a kept connection while the server was closing it has not been read by anybody. */
const CLOSED_MEANWHILE = new Set(['ECONNRESET', 'EPIPE']);

/**
 * A `fetch` for JSON requests and streamed answers. It writes the request in the turn of the event loop in which it
 * was called, and needs half a millisecond less for an answer than the global one: a person waits for both.
 *
 * It knows what a model server needs and no more: bodies of text, no redirects (the answer says where it wanted to
 * go), no compression, no cookies, no cache. As with the global one, a failed connection is a `TypeError` whose cause
 * has the code of the system, an abort rejects with the reason of the signal, and a broken answer fails its body.
 *
 * @param options.reach which machines may be asked; all others fail with {@link AddressRefused} as the cause, before
 *   a connection is made. Default: those that an administrator may name
 * @param options.resolve finds the addresses of a name. Default: the system's resolver
 */
export function httpFetch(
  options: { readonly reach?: Reach; readonly resolve?: Resolve } = {},
): typeof globalThis.fetch {
  const reach = options.reach ?? 'own-network';
  const lookup = checkedLookup(reach, options.resolve);
  const targetOf = remembering((address): Target => {
    const url = new URL(address);
    return {
      protocol: url.protocol,
      isRefused: isRefusedLiteral(url.hostname, reach),
      options: urlToHttpOptions(url),
    };
  });
  const agents = {
    'http:': new http.Agent({ keepAlive: true, timeout: KEEP_ALIVE_MS }),
    'https:': new https.Agent({ keepAlive: true, timeout: KEEP_ALIVE_MS }),
  };
  return async (input, init = {}) => {
    if (input instanceof Request) throw new TypeError('give an address and options, not a Request');
    const { protocol, isRefused, options: target } = targetOf(String(input));
    if (protocol !== 'http:' && protocol !== 'https:')
      throw new TypeError('only http and https can be asked');
    if (isRefused) throw new TypeError('fetch failed', { cause: new AddressRefused() });
    const { body } = init;
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new TypeError('only bodies of text can be sent');
    }
    const request: Outgoing = {
      target,
      method: init.method ?? 'GET',
      headers: headersOf(init.headers, body ?? null),
      body: body ?? null,
      signal: init.signal ?? null,
      agent: agents[protocol],
      lookup,
      send: protocol === 'http:' ? http.request : https.request,
    };
    try {
      return await sendOnce(request);
    } catch (error) {
      if (error instanceof ClosedMeanwhile) return sendOnce({ ...request, agent: false });
      throw error;
    }
  };
}

/** What has to be known of an address to ask for it. */
interface Target {
  readonly protocol: string;
  /** It names a machine that may not be asked. */
  readonly isRefused: boolean;
  readonly options: http.RequestOptions;
}

interface Outgoing {
  readonly target: http.RequestOptions;
  readonly method: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: string | null;
  readonly signal: AbortSignal | null;
  /** False for a connection of its own. */
  readonly agent: http.Agent | https.Agent | false;
  readonly lookup: LookupFunction;
  readonly send: typeof http.request;
}

class ClosedMeanwhile extends Error {}

function headersOf(given: RequestInit['headers'], body: string | null): http.OutgoingHttpHeaders {
  const headers: http.OutgoingHttpHeaders = Object.fromEntries(
    given instanceof Headers ? given : new Headers(given),
  );
  headers['accept-encoding'] = 'identity';
  if (body !== null) headers['content-length'] = Buffer.byteLength(body);
  return headers;
}

function sendOnce({
  target,
  method,
  headers,
  body,
  signal,
  agent,
  lookup,
  send,
}: Outgoing): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const request = send({ ...target, method, headers, agent, lookup });
    const abort = () => request.destroy(signal === null ? undefined : reasonOf(signal));
    signal?.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal?.removeEventListener('abort', abort));
    request.once('socket', (socket) => {
      if (!socket.connecting) return;
      const late = setTimeout(() => request.destroy(timedOut()), CONNECT_MS);
      const connected = () => clearTimeout(late);
      socket.once('connect', connected).once('close', connected);
    });
    request.once('response', (response) => resolve(toResponse(response, signal)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(reasonOf(signal));
      else if (request.reusedSocket && CLOSED_MEANWHILE.has(error.code ?? '')) reject(new ClosedMeanwhile());
      else reject(new TypeError('fetch failed', { cause: error }));
    });
    request.end(body ?? undefined);
  });
}

function toResponse(response: http.IncomingMessage, signal: AbortSignal | null): Response {
  const status = response.statusCode ?? 0;
  const headers: [string, string][] = [];
  const { rawHeaders } = response;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  }
  if (BODILESS.has(status)) {
    response.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(response, signal), { status, headers });
}

/**
 * The bytes as they come; a reader that is slow holds the server back. What came in one go is passed on in one piece:
 * servers send each event as a chunk of its own, and every piece makes its way through all readers.
 */
function bodyOf(response: http.IncomingMessage, signal: AbortSignal | null): ReadableStream<Uint8Array> {
  let gathered: Buffer[] = [];
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const pass = () => {
        if (gathered.length === 0) return;
        controller.enqueue(Buffer.concat(gathered));
        gathered = [];
        if ((controller.desiredSize ?? 0) <= 0) response.pause();
      };
      response.on('data', (chunk: Buffer) => {
        if (gathered.length === 0) process.nextTick(pass);
        gathered.push(chunk);
      });
      response.once('end', () => {
        pass();
        controller.close();
      });
      response.once('error', (error) =>
        controller.error(signal?.aborted ? reasonOf(signal) : new TypeError('terminated', { cause: error })),
      );
    },
    pull: () => void response.resume(),
    cancel() {
      gathered = [];
      response.destroy();
    },
  });
}

function timedOut(): Error {
  return Object.assign(new Error('the server does not take the connection'), { code: 'ETIMEDOUT' });
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('This operation was aborted', 'AbortError');
}
