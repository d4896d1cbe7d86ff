import type {
  AdminSettings,
  SettingSource,
  UpdateSettingsRequest,
} from '../../../../src-shared/api/index.ts';

/** The settings form as typed. */
export interface SettingsInput {
  readonly baseUrl: string;
  readonly model: string;
  readonly instructions: string;
  /** A new key; empty leaves the stored one alone. */
  readonly apiKey: string;
}

/** The form as it starts out. The key never comes back from the server. */
export function inputOf(settings: AdminSettings): SettingsInput {
  const { base_url, model, instructions } = settings.connection;
  return { baseUrl: base_url, model, instructions, apiKey: '' };
}

/** True when the value comes from outside Foyer and cannot be changed here. */
export function isFixed(source: SettingSource): boolean {
  return source === 'environment' || source === 'env-file';
}

/** Only what differs from the present settings; an emptied field goes back to its default. */
export function changesOf(input: SettingsInput, settings: AdminSettings): UpdateSettingsRequest {
  const { connection } = settings;
  const change = (typed: string, present: string, source: SettingSource) => {
    if (isFixed(source) || typed === present) return undefined;
    return typed === '' ? null : typed;
  };
  const baseUrl = change(input.baseUrl.trim(), connection.base_url, connection.base_url_source);
  const model = change(input.model.trim(), connection.model, connection.model_source);
  const instructions = change(
    input.instructions.trim() === '' ? '' : input.instructions,
    connection.instructions,
    connection.instructions_source,
  );
  const apiKey = input.apiKey.trim();
  return {
    ...(baseUrl === undefined ? {} : { base_url: baseUrl }),
    ...(model === undefined ? {} : { model }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(apiKey === '' ? {} : { api_key: apiKey }),
  };
}
