/** What a connection may cost before anybody knows who it is: slow headers, slow bodies, too many at once. */
import http from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from './errors.ts';

/** All headers of a request have to be there by then. */
const HEADERS_MS = 15_000;
/** A body of JSON has to be there by then. */
const BODY_MS = 30_000;
/** So long an upload may stand still. However long it takes altogether: a slow line is no attack. */
const UPLOAD_STILL_MS = 60_000;

/** Connections at once; browsers open six each, streams hold one. */
const CONNECTIONS = 2_000;

/**
 * A server with limits of its own. Node's limit for a whole request stays off: it would cut uploads over slow lines;
 * {@link bodyLimits} takes its place.
 */
export function limitedServer(): http.Server {
  const server = http.createServer({
    headersTimeout: HEADERS_MS,
    requestTimeout: 0,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = CONNECTIONS;
  return server;
}

export interface BodyLimits {
  /** For bodies of JSON: milliseconds until they have to be there. */
  readonly wholeMs: number;
  /** For uploads: milliseconds that they may stand still. */
  readonly stillMs: number;
  readonly isUpload: (path: string) => boolean;
}

/** Refuses a body that does not arrive in time (408) and cuts its connection; what is complete is left alone. */
export function bodyLimits(limits: Partial<BodyLimits> = {}): RequestHandler {
  const { wholeMs, stillMs, isUpload } = {
    wholeMs: BODY_MS,
    stillMs: UPLOAD_STILL_MS,
    isUpload: (path: string) => path.startsWith('/api/attachments'),
    ...limits,
  };
  return (request, response, next) => {
    const { headers, socket } = request;
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return next();
    const upload = isUpload(request.path);
    let seen = socket.bytesRead;
    const timer = setInterval(
      () => {
        if (request.complete) return clearInterval(timer);
        if (upload && socket.bytesRead > seen) {
          seen = socket.bytesRead;
          return;
        }
        clearInterval(timer);
        // The answer first; what is cut at once takes it along.
        if (response.headersSent) socket.destroy();
        else {
          response.once('finish', () => socket.destroySoon());
          response.setHeader('Connection', 'close');
          next(new ApiError('too_slow'));
        }
      },
      upload ? stillMs : wholeMs,
    ).unref();
    const over = () => clearInterval(timer);
    request.once('end', over);
    response.once('close', over);
    next();
  };
}
