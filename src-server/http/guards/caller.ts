/** Who is calling: a cookie for Foyer's pages, a bearer token for programs, both naming one session row. */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts, Caller, ClosedSession, Credential } from '../../accounts/index.ts';
import { ApiError } from '../errors.ts';

/** A route that knows who calls it. */
export type CallerHandler = (caller: Caller, request: Request, response: Response) => void | Promise<void>;

/** A route for sessions whose history waits for its owner. */
export type ClosedHandler = (
  session: ClosedSession,
  request: Request,
  response: Response,
) => void | Promise<void>;

export interface CallerGuard {
  /**
   * The caller, or null when nobody is signed in.
   *
   * @throws {ApiError} `unauthorized` for a bad or expired token, `history_closed` when a sealed person has to open
   *   their history first
   */
  find(request: Request): Promise<Caller | null>;
  /** A route for signed-in people. */
  asUser(handler: CallerHandler): RequestHandler;
  /** A route for sessions whose history is still closed; a conflict for those whose history is open. */
  asClosed(handler: ClosedHandler): RequestHandler;
  /** A route for signed-in people, whether their history is open or not. */
  asAnySession(handler: ClosedHandler): RequestHandler;
  /** Whose closed session a request comes from; null for everybody else. */
  findClosed(request: Request): Promise<ClosedSession | null>;
  /** A route for administrators. */
  asAdministrator(handler: CallerHandler): RequestHandler;
  setCookie(response: Response, secret: string): void;
  clearCookie(response: Response): void;
}

/**
 * @param options.port part of the cookie's name: cookies ignore ports, so that two Foyers on one machine would
 *   otherwise sign each other out
 * @param options.secure whether people reach Foyer through HTTPS
 */
export function callerGuard(options: {
  accounts: Accounts;
  port: () => number;
  secure: boolean;
}): CallerGuard {
  const { accounts } = options;
  const cookieName = () => `foyer_${options.port()}`;
  const cookie = () => ({ httpOnly: true, sameSite: 'strict', secure: options.secure, path: '/' }) as const;

  /** @throws {ApiError} `unauthorized` for a header that holds no token */
  const credentialOf = (request: Request): Credential | null => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw new ApiError('unauthorized');
      return { kind: 'bearer', value: token };
    }
    const secret = readCookie(request.headers.cookie, cookieName());
    return secret === null ? null : { kind: 'cookie', value: secret };
  };

  const find = async (request: Request): Promise<Caller | null> => {
    const credential = credentialOf(request);
    if (credential === null) return null;
    const caller = await accounts.authenticate(credential);
    if (caller !== null) return caller;
    if ((await accounts.closedSession(credential)) !== null) throw new ApiError('history_closed');
    if (credential.kind === 'bearer') throw new ApiError('unauthorized');
    return null;
  };

  const findClosed = async (request: Request): Promise<ClosedSession | null> => {
    const credential = credentialOf(request);
    return credential === null ? null : accounts.closedSession(credential);
  };

  const require = async (request: Request): Promise<Caller> => {
    const caller = await find(request);
    if (caller === null) throw new ApiError('unauthorized');
    return caller;
  };

  return {
    find,
    asUser: (handler) => async (request, response) => handler(await require(request), request, response),
    findClosed,
    asClosed: (handler) => async (request, response) => {
      const session = await findClosed(request);
      if (session === null) {
        await require(request);
        throw new ApiError('history_opens');
      }
      await handler(session, request, response);
    },
    asAnySession: (handler) => async (request, response) =>
      handler((await findClosed(request)) ?? (await require(request)), request, response),
    asAdministrator: (handler) => async (request, response) => {
      const caller = await require(request);
      if (caller.role !== 'administrator') throw new ApiError('forbidden');
      await handler(caller, request, response);
    },
    setCookie: (response, secret) => void response.cookie(cookieName(), secret, cookie()),
    clearCookie: (response) => void response.clearCookie(cookieName(), cookie()),
  };
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return null;
}
