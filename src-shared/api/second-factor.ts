/** REST shapes for the second factor: a code of an authenticator app, or one on paper. */
import { z } from 'zod';
import { windowSchema } from './accounts.ts';

const password = z.string().max(256);
/** As typed: six digits, or a code on paper. */
const code = z.string().max(100);

/** The answer 401 to a right password when a second factor is asked for. */
export const secondFactorRequiredSchema = z.object({ challenge: z.string() });

/** Second step of signing in; `window` as in the first. */
export const secondStepRequestSchema = z.object({
  challenge: z.string().max(100),
  code,
  window: windowSchema.optional(),
});

export const beginSecondFactorRequestSchema = z.object({ password });
/** What the app has to be told; shown once. */
export const newSecondFactorSchema = z.object({
  /** Base32, for typing in. */
  secret: z.string(),
  /** `otpauth://…`, for a QR code. */
  uri: z.string(),
});
export type NewSecondFactor = z.infer<typeof newSecondFactorSchema>;

export const confirmSecondFactorRequestSchema = z.object({ code });
/** Password and code together, for new codes on paper and for turning the second factor off. */
export const bothFactorsRequestSchema = z.object({ password, code });
/** Codes on paper; shown once. */
export const factorCodesSchema = z.object({ recovery_codes: z.array(z.string()) });
