/** From a connection to a model that a runner can call. */
import type { Model, ModelProvider, ModelSettings } from '@openai/agents-core';
import type { Connection } from '../connection.ts';
import type { Sdk } from '../sdk.ts';
import { type Fetch, guardedFetch } from './guarded-fetch.ts';

type ProviderConnection = Extract<Connection, { kind: 'provider' }>;

/** A connection made ready; kept until its settings change. */
export interface ConnectedProvider {
  readonly modelProvider: ModelProvider;
  /** Settings for each call. */
  settings(): ModelSettings;
  /** This server does not give summaries of the reasoning; do not ask for them again. */
  withoutSummaries(): void;
}

/** Connects, and gives the same again while the connection has not changed. */
export function connector(options: {
  fetch: Fetch;
  idleMs: number;
  userAgent: string;
}): (connection: ProviderConnection, sdk: Sdk) => ConnectedProvider {
  let last: { readonly connection: ProviderConnection; readonly connected: ConnectedProvider } | null = null;
  return (connection, sdk) => {
    if (last === null || !isSame(last.connection, connection)) {
      last = { connection, connected: connect(connection, sdk, options) };
    }
    return last.connected;
  };
}

function isSame(a: ProviderConnection, b: ProviderConnection): boolean {
  return a.baseUrl === b.baseUrl && a.mode === b.mode && a.apiKey === b.apiKey && a.model === b.model;
}

function connect(
  connection: ProviderConnection,
  sdk: Sdk,
  options: { fetch: Fetch; idleMs: number; userAgent: string },
): ConnectedProvider {
  const { baseUrl, mode, apiKey, model: name } = connection;
  const client = new sdk.openai.OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    // Servers that ask for no key get none, not a made-up one.
    ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    // Else the client would take these from the environment of the process.
    organization: null,
    project: null,
    fetch: guardedFetch({ baseUrl, mode, ...options }),
    // The guard's own watch ends silence earlier, with a clear problem.
    timeout: options.idleMs * 2,
    logLevel: 'off',
  });
  const model: Model =
    mode === 'responses'
      ? new sdk.models.OpenAIResponsesModel(client, name)
      : new sdk.models.OpenAIChatCompletionsModel(client, name);
  let summaries = true;
  return {
    modelProvider: { getModel: () => model },
    settings: () => modelSettings(connection, summaries),
    withoutSummaries: () => {
      summaries = false;
    },
  };
}

/** Names of OpenAI's models that reason; others refuse the settings for it. */
const REASONING_MODEL = /^(?:o\d|gpt-(?:[5-9]|\d{2}))(?!.*-chat)/;

function modelSettings({ baseUrl, mode, model }: ProviderConnection, summaries: boolean): ModelSettings {
  const isOpenAI = new URL(baseUrl).hostname === 'api.openai.com';
  if (mode === 'chat') {
    // Other servers store nothing, and some refuse settings that they do not know.
    return isOpenAI ? { store: false } : {};
  }
  if (!REASONING_MODEL.test(model)) return { store: false };
  return {
    store: false,
    ...(summaries ? { reasoning: { summary: 'auto' } } : {}),
    // What is not stored has to be sent along for the next step of a turn with tools.
    providerData: { include: ['reasoning.encrypted_content'] },
  };
}
