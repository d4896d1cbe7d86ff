/** What everybody (health) or every signed-in person (status) may know about the state of Foyer. */
import { z } from 'zod';
import { keychainStateSchema } from './settings.ts';

/** Answer of `GET /api/status`. */
export const appStatusSchema = z.object({
  /** True while no model is connected and the built-in offline guide answers. */
  offline_guide: z.boolean(),
  /** The models that a message can be sent to, the one that is set up first; empty with the offline guide. */
  models: z.array(z.string()),
  /** What people read instead of the ids of those models; absent where it is the same. */
  model_labels: z.record(z.string(), z.string()).optional(),
  keychain: keychainStateSchema,
  /** What one message can have with it; the server turns away more. */
  attachments: z.object({ max_bytes: z.number(), per_message: z.number() }),
});
export type AppStatus = z.infer<typeof appStatusSchema>;

/** Answer of `GET /api/health`. */
export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() });
export type Health = z.infer<typeof healthSchema>;
