/** From a connection to a model that a runner can call. */
import type { Model, ModelProvider, ModelSettings } from '@openai/agents-core';
import type { Connection } from '../connection.ts';
import type { Sdk } from '../sdk.ts';
import type { CallMeter } from './call-meter.ts';
import { type Fetch, guardedFetch } from './guarded-fetch.ts';
import { meteredFetch } from './metered-fetch.ts';

type ProviderConnection = Extract<Connection, { kind: 'provider' }>;

/** A connection made ready; kept until its settings change. */
export interface ConnectedProvider {
  /** @param meter is asked before each request of this turn. Default: nobody is */
  modelProvider(meter?: CallMeter): ModelProvider;
  /** Settings for each call. */
  settings(): ModelSettings;
  /** This server does not give summaries of the reasoning; do not ask for them again. */
  withoutSummaries(): void;
}

/** Connections that are kept ready: several models of several servers, with their own keys and those of people. */
const MAX_KEPT = 64;

/** A turn that has just begun has better things to do than to prepare for the next one. */
const SPARE_AFTER_MS = 100;

/** Connects, and gives the same again while the connection has not changed. */
export function connector(options: {
  fetch: Fetch;
  idleMs: number;
  userAgent: string;
}): (connection: ProviderConnection, sdk: Sdk) => ConnectedProvider {
  const kept: { readonly connection: ProviderConnection; readonly connected: ConnectedProvider }[] = [];
  return (connection, sdk) => {
    const known = kept.find((candidate) => isSame(candidate.connection, connection));
    if (known !== undefined) return known.connected;
    const connected = connect(connection, sdk, options);
    kept.push({ connection, connected });
    if (kept.length > MAX_KEPT) kept.shift();
    return connected;
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
  const reach = { baseUrl, mode, ...options };
  const client = new sdk.openai.OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    // Servers that ask for no key get none, not a made-up one.
    ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    // Else the client would take these from the environment of the process.
    organization: null,
    project: null,
    fetch: guardedFetch(reach),
    // The guard's own watch ends silence earlier, with a clear problem.
    timeout: options.idleMs * 2,
    logLevel: 'off',
  });
  const modelOf = (reached: typeof client): Model =>
    mode === 'responses'
      ? new sdk.models.OpenAIResponsesModel(reached, name)
      : new sdk.models.OpenAIChatCompletionsModel(reached, name);
  const unmetered = modelOf(client);
  const hidesThoughts = REASONING_MODEL.test(name);
  /** A model for the one turn whose meter it gets. */
  const makeMetered = () => {
    let metered: Fetch | null = null;
    const send: Fetch = (input, init) => {
      if (metered === null) throw new TypeError('a turn asks before it has a meter');
      return metered(input, init);
    };
    const model = modelOf(client.withOptions({ fetch: send }));
    return (meter: CallMeter): Model => {
      metered = meteredFetch({ ...reach, meter, hidesThoughts });
      return model;
    };
  };
  // Made while nobody waits for it.
  let spare: ReturnType<typeof makeMetered> | null = null;
  const takeMetered = (meter: CallMeter): Model => {
    const taken = spare ?? makeMetered();
    spare = null;
    setTimeout(() => {
      spare ??= makeMetered();
    }, SPARE_AFTER_MS).unref();
    return taken(meter);
  };
  let summaries = true;
  return {
    modelProvider: (meter) => {
      const model = meter === undefined ? unmetered : takeMetered(meter);
      return { getModel: () => model };
    },
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
