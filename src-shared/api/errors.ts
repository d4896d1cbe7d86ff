import { z } from 'zod';

/** Every error of the REST interface: a stable code for programs, a sentence for people. */
export const apiErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
  /** With `second_factor_required`: names this sign-in in its second step. */
  challenge: z.string().optional(),
});
export type ApiErrorBody = z.infer<typeof apiErrorSchema>;
