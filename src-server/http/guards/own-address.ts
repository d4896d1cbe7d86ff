/**
 * Loopback is not a trust boundary: any web page can make a browser call 127.0.0.1. This guard lets a request in only
 * when it names Foyer's own address as Host (against DNS rebinding) and comes from Foyer's own pages, from an origin
 * that was allowed on purpose, or from no page at all.
 */
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

export interface AddressOptions {
  /** The port is known only after listening. */
  port(): number;
  /** Where a reverse proxy serves Foyer, if there is one. */
  readonly publicUrl: string | null;
  /** Origins whose pages may call with a bearer token. */
  readonly allowedOrigins: readonly string[];
}

const CORS_HEADERS =
  'authorization, content-type, accept, accept-language, chatkit-frame-instance-id, foyer-resume, last-event-id';

/** Only the interface can be called from elsewhere; pages and their files are for Foyer's own origin. */
const INTERFACE = /^\/api\//;

/** What pages show as images. */
const IMAGES = /^\/api\/attachments\//;

/** What is asked for by something in a page, not by its scripts: browsers say so, and scripts cannot. */
const PARTS_OF_PAGES = new Set([
  'audio',
  'embed',
  'font',
  'frame',
  'iframe',
  'image',
  'object',
  'script',
  'style',
  'track',
  'video',
]);

/** @returns middleware for every request, before any route */
export function ownAddressGuard(options: AddressOptions): RequestHandler {
  const publicAddress = options.publicUrl === null ? null : new URL(options.publicUrl);
  const allowed = new Set(options.allowedOrigins);

  /** The origin under which this request reached us, or null when the Host is not ours. */
  const ownOrigin = (host: string | undefined): string | null => {
    const port = options.port();
    if (host === `127.0.0.1:${port}` || host === `localhost:${port}`) return `http://${host}`;
    return publicAddress !== null && host === publicAddress.host ? publicAddress.origin : null;
  };

  return (request, response, next) => {
    const own = ownOrigin(request.headers.host);
    if (own === null) throw new ApiError('bad_host');

    // An answer of a model can put an image with any address of ours into a page; that must ask for nothing else.
    if (INTERFACE.test(request.path) && !IMAGES.test(request.path) && isPartOfPage(request.headers))
      throw new ApiError('bad_origin');

    const { origin } = request.headers;
    if (origin !== undefined && origin !== own) {
      response.vary('Origin');
      if (!allowed.has(origin) || !INTERFACE.test(request.path)) throw new ApiError('bad_origin');
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'foyer-run-id, retry-after');
      if (request.method === 'OPTIONS') {
        response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
        response.setHeader('Access-Control-Allow-Headers', CORS_HEADERS);
        response.vary('Access-Control-Request-Method, Access-Control-Request-Headers');
        response.setHeader('Access-Control-Max-Age', '600');
        response.status(204).end();
        return;
      }
      // Cookies belong to Foyer's own pages; another origin has to bring a bearer token.
      delete request.headers.cookie;
    } else if (origin === undefined && isForeignSubrequest(request.headers)) {
      throw new ApiError('bad_origin');
    }
    next();
  };
}

/** A page of another site fetching something of ours: browsers say so even where they send no Origin. */
function isForeignSubrequest(headers: NodeJS.Dict<string | string[]>): boolean {
  const site = headers['sec-fetch-site'];
  return (site === 'cross-site' || site === 'same-site') && headers['sec-fetch-mode'] !== 'navigate';
}

function isPartOfPage(headers: NodeJS.Dict<string | string[]>): boolean {
  return PARTS_OF_PAGES.has(String(headers['sec-fetch-dest']));
}
