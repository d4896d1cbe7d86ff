import { z } from 'zod';

/** What a widget or the page asks the server to do. */
export const actionSchema = z.object({ type: z.string(), payload: z.unknown().optional() });
export type Action = z.infer<typeof actionSchema>;

/** An action inside a widget: what is asked, of whom, and what shows that it is under way (protocol §7.2). */
export const actionConfigSchema = z.strictObject({
  type: z.string(),
  payload: z.unknown().optional(),
  handler: z.enum(['server', 'client']).default('server'),
  loadingBehavior: z.enum(['auto', 'none', 'self', 'container']).default('auto'),
  /** False: answered with JSON, also while a response streams. */
  streaming: z.boolean().default(true),
});
export type ActionConfig = z.infer<typeof actionConfigSchema>;
