/** REST shapes for sealed accounts and their recovery codes. Codes travel once, at their making. */
import { z } from 'zod';
import { emailSchema, passwordSchema } from './accounts.ts';

const password = z.string().max(256);
const code = z.string().max(200);

/** Whether people may seal their account, or are led to. */
export const sealingPolicySchema = z.enum(['off', 'allowed', 'required']);
export type SealingPolicy = z.infer<typeof sealingPolicySchema>;

/** Answer of `GET /api/users/me/security`. */
export const securitySchema = z.object({
  protection: z.enum(['managed', 'sealed']),
  sealing: sealingPolicySchema,
  /** Null while no code is asked for at sign-in. */
  second_factor: z.object({ since: z.string(), codes_left: z.number() }).nullable(),
  /** Histories that were left aside and that an older recovery code opens. */
  kept_histories: z.array(z.object({ id: z.string(), kept_at: z.string() })),
});
export type Security = z.infer<typeof securitySchema>;

export const recoveryCodeRequestSchema = z.object({ password });
/** A code that does not count until `group` of it, counted from 1, is typed back. */
export const shownRecoveryCodeSchema = z.object({ code: z.string(), group: z.number() });
export type ShownRecoveryCode = z.infer<typeof shownRecoveryCodeSchema>;
export const sealRequestSchema = z.object({ group: z.string().max(50) });
export const unsealRequestSchema = z.object({ password });

/** A new recovery code in place of the one that was used up. */
export const newRecoveryCodeSchema = z.object({ recovery_code: z.string() });

export const recoverRequestSchema = z.object({ email: emailSchema, code, new_password: passwordSchema });

/** Answer of `GET /api/auth/closed`: what opens the history of this session. */
export const closedSessionSchema = z.object({
  email: z.string(),
  needs: z.enum(['password', 'recovery-code']),
});
export type ClosedSessionInfo = z.infer<typeof closedSessionSchema>;
export const openHistoryRequestSchema = z.object({ password });
export const openWithCodeRequestSchema = z.object({ password, code });
export const startOverRequestSchema = z.object({ password, start_over: z.literal(true) });
export const bringBackRequestSchema = z.object({ password, code });
