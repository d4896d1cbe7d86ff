/** Who is calling: a cookie for Foyer's pages, a bearer token for programs, both naming one session row. */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts, Caller } from '../../accounts/index.ts';
import { ApiError } from '../errors.ts';

/** A route that knows who calls it. */
export type CallerHandler = (caller: Caller, request: Request, response: Response) => void | Promise<void>;

export interface CallerGuard {
  /**
   * The caller, who may do what their role says; null when nobody is signed in.
   *
   * @throws {ApiError} `unauthorized` for a bad or expired token; `password_change_required` for whoever still has the
   *   password that an administrator gave
   */
  find(request: Request): Promise<Caller | null>;
  /** The same, also for those who first have to choose a password: they may know who they are, and go. */
  identify(request: Request): Promise<Caller | null>;
  /** A route for signed-in people. */
  asUser(handler: CallerHandler): RequestHandler;
  /** A route that is also for those who first have to choose a password. */
  asAnybodySignedIn(handler: CallerHandler): RequestHandler;
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

  const identify = async (request: Request): Promise<Caller | null> => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      const caller =
        token === undefined ? null : await accounts.authenticate({ kind: 'bearer', value: token });
      if (caller === null) throw new ApiError('unauthorized');
      return caller;
    }
    const secret = readCookie(request.headers.cookie, cookieName());
    return secret === null ? null : accounts.authenticate({ kind: 'cookie', value: secret });
  };

  const find = async (request: Request): Promise<Caller | null> => {
    const caller = await identify(request);
    if (caller?.user.password_is_temporary === true) throw new ApiError('password_change_required');
    return caller;
  };

  const present = (caller: Caller | null): Caller => {
    if (caller === null) throw new ApiError('unauthorized');
    return caller;
  };

  return {
    find,
    identify,
    asUser: (handler) => async (request, response) =>
      handler(present(await find(request)), request, response),
    asAnybodySignedIn: (handler) => async (request, response) =>
      handler(present(await identify(request)), request, response),
    asAdministrator: (handler) => async (request, response) => {
      const caller = present(await find(request));
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
