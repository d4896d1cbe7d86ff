/** Access tokens for programs: JWT, HS256, naming a session row. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const claimsSchema = z.object({ sub: z.string(), sid: z.string(), exp: z.number() });

/** Good tokens that are remembered: a signature does not change, while the session row is looked up every time. */
const REMEMBERED = 256;

export interface TokenClaims {
  readonly userId: string;
  readonly sessionId: string;
}

export interface Tokens {
  sign(claims: TokenClaims, issuedAt: Date, expiresAt: Date): Promise<string>;
  /** Null for anything that is not a good token of this installation. */
  verify(token: string, now: Date): Promise<TokenClaims | null>;
}

/**
 * @param key signs and verifies; 32 bytes or more
 * @param audience this installation, so that tokens of another one with the same secret are refused
 */
export function accessTokens(key: Uint8Array, audience: string): Tokens {
  const verified = new Map<string, { readonly claims: TokenClaims; readonly expiresAt: number }>();
  return {
    sign: ({ userId, sessionId }, issuedAt, expiresAt) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(userId)
        .setIssuer('foyer')
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key),
    verify: async (token, now) => {
      const known = verified.get(token);
      if (known !== undefined) return known.expiresAt > now.getTime() ? known.claims : null;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: 'foyer',
          audience,
          currentDate: now,
          requiredClaims: ['exp', 'iat', 'sub'],
        });
        const parsed = claimsSchema.safeParse(payload);
        if (!parsed.success) return null;
        const claims: TokenClaims = { userId: parsed.data.sub, sessionId: parsed.data.sid };
        const [oldest] = verified.keys();
        if (verified.size >= REMEMBERED && oldest !== undefined) verified.delete(oldest);
        verified.set(token, { claims, expiresAt: parsed.data.exp * 1_000 });
        return claims;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
