/** Who is calling: a cookie for Foyer's pages, a bearer token for programs, both naming one session row. */
import type { Request, RequestHandler, Response } from 'express';
import {
  type Accounts,
  type Actor,
  authorize,
  type Caller,
  type ClosedSession,
  type Credential,
  type Decision,
  deviceHashOf,
  type Entrance,
  type Holder,
  newDeviceSecret,
  type OpenAction,
  type PersonAction,
  SessionLockedError,
} from '../../accounts/index.ts';
import { ApiError, type ApiErrorCode } from '../errors.ts';
import { declare } from './declared.ts';
import type { RateLimits } from './rate-limits.ts';

/** Pages say whose page they are. */
const PERSON_HEADER = 'foyer-person';
/** As long as browsers keep a cookie; each sign-in begins it anew. */
const DEVICE_LIFETIME_MS = 400 * 86_400_000;
/** What `newDeviceSecret` makes; nothing else is taken for one. */
const DEVICE_SECRET = /^[\w-]{43}$/;

/** A route that knows who calls it. */
export type CallerHandler = (caller: Caller, request: Request, response: Response) => void | Promise<void>;

/** A route that knows whose session it is called with, locked or not, the history open or not. */
export type HolderHandler = (holder: Holder, request: Request, response: Response) => void | Promise<void>;

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
   * @throws {ApiError} `unauthorized` for a bad or expired token, `locked` for a session that waits for its owner,
   *   `history_closed` when a sealed person has to open their history first, `other_person` when the page belongs to
   *   somebody else than the session does now
   */
  find(request: Request): Promise<Caller | null>;
  /** What the request shows to say who calls; null when it shows nothing. */
  credentialOf(request: Request): Credential | null;
  /** The part of somebody that decides what they may do. */
  actorOf(person: Caller | ClosedSession): Actor;
  /** The browser or window that the request comes from; null where none is known. */
  entranceOf(request: Request): Entrance | null;
  /** The same for somebody who comes in there: a browser or window that is not known gets its cookie. */
  entranceFor(request: Request, response: Response): Entrance;
  /** A route that needs nobody to be signed in. */
  open(action: OpenAction, handler: RequestHandler): RequestHandler;
  /** A route for whoever may do this. What it works on is looked up among what is the caller's own. */
  may(action: PersonAction, handler: CallerHandler): RequestHandler;
  /** A route for whoever has a session, also while it is locked or the history is closed. */
  holder(action: PersonAction, handler: HolderHandler): RequestHandler;
  /** A route for whoever may do this, also while their history is closed; not while their session is locked. */
  present(action: PersonAction, handler: HolderHandler): RequestHandler;
  /** The caller of a request, who may do this. @throws {ApiError} when there is none, or they may not */
  admit(request: Request, action: PersonAction): Promise<Caller>;
  /** Whose closed session a request comes from; null for everybody else. @throws {ApiError} as {@link find} */
  findClosed(request: Request): Promise<ClosedSession | null>;
  /** A route for sessions whose history is still closed; a conflict for those whose history is open. */
  whileClosed(action: PersonAction, handler: ClosedHandler): RequestHandler;
  setCookie(response: Response, secret: string): void;
  clearCookie(response: Response): void;
}

/** What tries a password or a token of somebody who is not signed in yet. */
const LIMITED: ReadonlySet<OpenAction> = new Set([
  'session.start',
  'session.open-by-pin',
  'account.recover',
  'setup.complete',
]);

const REFUSALS = {
  'sign-in': 'unauthorized',
  'choose-password': 'password_change_required',
  seal: 'account_not_sealed',
  forbidden: 'forbidden',
  missing: 'not_found',
} as const satisfies Record<Exclude<Decision, 'allowed'>, ApiErrorCode>;

/**
 * @param options.port part of the cookie's name: cookies ignore ports, so that two Foyers on one machine would
 *   otherwise sign each other out
 * @param options.secure whether people reach Foyer through HTTPS
 * @param options.mustSeal whether somebody has to seal their account before anything else
 */
export function callerGuard(options: {
  accounts: Accounts;
  limits: RateLimits;
  port: () => number;
  secure: boolean;
  mustSeal: (person: Pick<Caller, 'user' | 'role'>) => boolean;
}): CallerGuard {
  const { accounts, limits } = options;
  const cookieName = () => `foyer_${options.port()}`;
  const cookie = () => ({ httpOnly: true, sameSite: 'strict', secure: options.secure, path: '/' }) as const;

  // Without the port: the desktop app has another one at each start. With the installation, as a machine can have two.
  const deviceCookieName = `foyer_device_${accounts.installId.slice(0, 16)}`;

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

  const findClosed = async (request: Request): Promise<ClosedSession | null> => {
    const credential = credentialOf(request);
    const session = credential === null ? null : await accounts.closedSession(credential).catch(refuseLocked);
    refuseOtherPerson(request, session);
    return session;
  };

  const find = async (request: Request): Promise<Caller | null> => {
    const credential = credentialOf(request);
    if (credential === null) return null;
    const caller = await accounts.authenticate(credential).catch(refuseLocked);
    refuseOtherPerson(request, caller);
    if (caller !== null) return caller;
    if ((await findClosed(request)) !== null) throw new ApiError('history_closed');
    if (credential.kind === 'bearer') throw new ApiError('unauthorized');
    return null;
  };

  const actorOf = ({ user, role }: Caller | ClosedSession): Actor => ({
    user,
    role,
    mustSeal: options.mustSeal({ user, role }),
  });

  const entranceWith = (request: Request, deviceSecret: string): Entrance => ({
    deviceHash: deviceHashOf(deviceSecret),
    sessionSecret: readCookie(request.headers.cookie, cookieName()),
  });

  const admit = async (request: Request, action: PersonAction): Promise<Caller> => {
    const caller = await find(request);
    const decision = authorize(caller && actorOf(caller), action, caller && { ownerId: caller.user.id });
    if (caller === null) throw new ApiError('unauthorized');
    if (decision !== 'allowed') throw new ApiError(REFUSALS[decision]);
    limits.ofSession(caller.sessionId, action);
    return caller;
  };

  return {
    find,
    admit,
    actorOf,
    credentialOf,
    entranceOf(request) {
      const secret = readCookie(request.headers.cookie, deviceCookieName);
      return secret === null ? null : entranceWith(request, secret);
    },
    entranceFor(request, response) {
      const known = readCookie(request.headers.cookie, deviceCookieName);
      const secret = known !== null && DEVICE_SECRET.test(known) ? known : newDeviceSecret();
      response.cookie(deviceCookieName, secret, { ...cookie(), maxAge: DEVICE_LIFETIME_MS });
      return entranceWith(request, secret);
    },
    holder: (action, handler) =>
      declare(action, async (request, response) => {
        const credential = credentialOf(request);
        const holder = credential === null ? null : await accounts.holder(credential);
        if (holder === null) throw new ApiError('unauthorized');
        limits.ofSession(holder.sessionId, action);
        await handler(holder, request, response);
      }),
    present: (action, handler) =>
      declare(action, async (request, response) => {
        const closed = await findClosed(request);
        if (closed !== null) limits.ofSession(closed.sessionId, action);
        await handler(closed ?? (await admit(request, action)), request, response);
      }),
    open: (action, handler) =>
      declare(
        action,
        LIMITED.has(action)
          ? (request, response, next) => {
              limits.ofSignIn(request);
              return handler(request, response, next);
            }
          : handler,
      ),
    findClosed,
    whileClosed: (action, handler) =>
      declare(action, async (request, response) => {
        const session = await findClosed(request);
        if (session === null) {
          await admit(request, action);
          throw new ApiError('history_opens');
        }
        limits.ofSession(session.sessionId, action);
        await handler(session, request, response);
      }),
    may: (action, handler) =>
      declare(action, async (request, response) => handler(await admit(request, action), request, response)),
    setCookie: (response, secret) => void response.cookie(cookieName(), secret, cookie()),
    clearCookie: (response) => void response.clearCookie(cookieName(), cookie()),
  };
}

function refuseLocked(error: unknown): never {
  throw error instanceof SessionLockedError ? new ApiError('locked') : error;
}

/** A page of one person must never act as another one who has come in through another page of the same browser. */
function refuseOtherPerson(request: Request, found: Caller | ClosedSession | null): void {
  const expected = request.headers[PERSON_HEADER];
  if (found !== null && expected !== undefined && expected !== found.user.id) {
    throw new ApiError('other_person');
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return null;
}
