/** REST shapes for the administrator's settings page. Keys travel in one direction only: in. */
import { z } from 'zod';

/** How the model server is spoken to. */
export const connectionModeSchema = z.enum(['responses', 'chat']);
export type ConnectionMode = z.infer<typeof connectionModeSchema>;

/** Where a value comes from; the environment wins over the settings file, which wins over the default. */
export const settingSourceSchema = z.enum(['default', 'settings', 'env-file', 'environment']);
export type SettingSource = z.infer<typeof settingSourceSchema>;

/** Where the model key is kept, if there is one. `session`: in memory only, gone when Foyer closes. */
export const keyLocationSchema = z.enum(['none', 'environment', 'keychain', 'file', 'session']);
export type KeyLocation = z.infer<typeof keyLocationSchema>;

/** State of the keychain: `session` means that nothing secret outlives this run. */
export const keychainStateSchema = z.object({
  kind: z.enum(['os', 'file', 'session']),
  status: z.enum(['ok', 'unavailable', 'locked', 'missing-key']),
  /** What a person can do about it, when something is to be done. */
  hint: z.string().optional(),
});
export type KeychainState = z.infer<typeof keychainStateSchema>;

export const adminSettingsSchema = z.object({
  connection: z.object({
    base_url: z.string(),
    base_url_source: settingSourceSchema,
    mode: connectionModeSchema,
    model: z.string(),
    model_source: settingSourceSchema,
    instructions: z.string(),
    instructions_source: settingSourceSchema,
    key: keyLocationSchema,
    /** True when neither a key nor a non-OpenAI base URL is set: the offline guide answers. */
    offline_guide: z.boolean(),
  }),
  keychain: keychainStateSchema,
  version: z.string(),
  data_dir: z.string(),
});
export type AdminSettings = z.infer<typeof adminSettingsSchema>;

/** Absent = unchanged; `null` = back to the default (for `api_key`: forget it). */
export const updateSettingsRequestSchema = z.object({
  base_url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  model: z.string().trim().min(1).max(200).nullable().optional(),
  instructions: z.string().max(20_000).nullable().optional(),
  api_key: z.string().trim().min(1).max(2_000).nullable().optional(),
});
export type UpdateSettingsRequest = z.infer<typeof updateSettingsRequestSchema>;
