/**
 * How often Foyer may be asked: generous for people, tight for loops that ran away. Counted for each session and each
 * network address, and for what costs more apart. Passwords have limits of their own besides (`accounts/throttle.ts`).
 */
import type { Request } from 'express';
import type { Action, PersonAction } from '../../accounts/index.ts';
import { ApiError } from '../errors.ts';
import { type ClientAddress, networkOf } from './client-address.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Each in a minute; 0 is without limit. */
export interface RateLimitOptions {
  /** Of one session. */
  readonly requests: number;
  /** Of one session: what starts or changes a turn. */
  readonly messages: number;
  /** Of one session. */
  readonly uploads: number;
  /** Of one address. */
  readonly signIns: number;
}

/** Behind one address there may be a whole office. */
const SESSIONS_OF_AN_ADDRESS = 10;

const KINDS: Partial<Record<Action, 'messages' | 'uploads'>> = {
  'thread.create': 'messages',
  'thread.write': 'messages',
  'speech.transcribe': 'messages',
  'attachment.add': 'uploads',
};

export interface RateLimits {
  /** Counts any request. @throws {ApiError} 429 when its network address asks too often */
  ofAddress(request: Request): void;
  /** Counts one that tries a password or a token. @throws {ApiError} 429 when its network address does so too often */
  ofSignIn(request: Request): void;
  /** @throws {ApiError} 429 when this session does this too often */
  ofSession(sessionId: string, action: PersonAction): void;
}

export function rateLimits(options: RateLimitOptions, addressOf: ClientAddress): RateLimits {
  const buckets = (perMinute: number) => (perMinute === 0 ? null : new TokenBuckets({ perMinute }));
  const ofSession = {
    requests: buckets(options.requests),
    messages: buckets(options.messages),
    uploads: buckets(options.uploads),
  };
  return {
    ofAddress: byAddress(buckets(options.requests * SESSIONS_OF_AN_ADDRESS), addressOf),
    ofSignIn: byAddress(buckets(options.signIns), addressOf),
    ofSession: (sessionId, action) => take(ofSession[KINDS[action] ?? 'requests'], sessionId),
  };
}

function byAddress(buckets: TokenBuckets | null, addressOf: ClientAddress): (request: Request) => void {
  return (request) => {
    const address = addressOf(request);
    const network = address === null ? null : networkOf(address);
    if (network !== null) take(buckets, network);
  };
}

function take(buckets: TokenBuckets | null, key: string): void {
  const waitMs = buckets?.take(key) ?? 0;
  if (waitMs === 0) return;
  const error = new ApiError('too_many_requests');
  error.retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
  throw error;
}
