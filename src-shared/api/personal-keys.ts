/** REST shapes for the keys that people have of their own. A key is in a request only, never in an answer. */
import { z } from 'zod';
import { apiKeySchema, connectionTestSchema } from './governance.ts';

/** One connection, and whether the person has a key of their own for it. */
export const personalKeySchema = z.object({
  connection_id: z.string(),
  /** Empty for the main connection. */
  name: z.string(),
  built_in: z.boolean(),
  /** The only server that the key is sent to. */
  origin: z.string(),
  /** `unreadable`: there is one, but the keychain does not give it out. */
  key: z.enum(['none', 'set', 'unreadable']),
  last_used_at: z.string().nullable(),
  /** Whether the person can use the connection now; one with a key stays listed all the same. */
  usable: z.boolean(),
});
export type PersonalKey = z.infer<typeof personalKeySchema>;

/** Answer of `GET /api/users/me/keys` and of every change there. */
export const personalKeysSchema = z.object({
  /** Whether the policy lets the person use keys of their own. Keys that are there stay, unused. */
  allowed: z.boolean(),
  keychain: z.enum(['ok', 'locked', 'unavailable']),
  /** Where keys are kept: the system's keychain, a file that only the owner of the machine reads, or until Foyer ends. */
  kept_in: z.enum(['keychain', 'file', 'session']),
  connections: z.array(personalKeySchema),
});
export type PersonalKeys = z.infer<typeof personalKeysSchema>;

/** A new key is tested before it replaces the old one, unless `untested`. */
export const setPersonalKeySchema = z.object({ api_key: apiKeySchema, untested: z.boolean().optional() });

/** How the server took the key. Names of models are left out: what is on offer is for administrators to say. */
export const personalKeyTestSchema = connectionTestSchema.pick({ outcome: true, milliseconds: true });
export type PersonalKeyTest = z.infer<typeof personalKeyTestSchema>;
