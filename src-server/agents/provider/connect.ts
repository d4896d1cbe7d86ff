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
  modelProvider(turn?: ProvidedTurn): ModelProvider;
  /** Settings for each call. */
  settings(): ModelSettings;
  /** This server does not give summaries of the reasoning; do not ask for them again. */
  withoutSummaries(): void;
}

/** One turn of a connection. */
export interface ProvidedTurn {
  /** Is asked before each request. Default: nobody is. */
  readonly meter?: CallMeter | undefined;
  /** Gets the data of each event of an answer when it arrives. Must not throw. Default: nobody does. */
  readonly onEvent?: (data: string) => void;
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
    fetch: unbound,
    // The guard's own watch ends silence earlier, with a clear problem.
    timeout: options.idleMs * 2,
    logLevel: 'off',
  });
  const modelOf = (reached: typeof client): Model =>
    mode === 'responses'
      ? new sdk.models.OpenAIResponsesModel(reached, name)
      : new sdk.models.OpenAIChatCompletionsModel(reached, name);
  const hidesThoughts = REASONING_MODEL.test(name);
  /** A model for the one turn that it is given to. */
  const makeModel = () => {
    let send: Fetch = unbound;
    const model = modelOf(client.withOptions({ fetch: (input, init) => send(input, init) }));
    return ({ meter, onEvent }: ProvidedTurn): Model => {
      const options = { ...reach, ...(onEvent === undefined ? {} : { onEvent }) };
      send = meter === undefined ? guardedFetch(options) : meteredFetch({ ...options, meter, hidesThoughts });
      return model;
    };
  };
  // Made while nobody waits for it.
  let spare: ReturnType<typeof makeModel> | null = null;
  const takeModel = (turn: ProvidedTurn): Model => {
    const taken = spare ?? makeModel();
    spare = null;
    setTimeout(() => {
      spare ??= makeModel();
    }, SPARE_AFTER_MS).unref();
    return taken(turn);
  };
  let summaries = true;
  return {
    modelProvider: (turn = {}) => {
      const model = takeModel(turn);
      return { getModel: () => model };
    },
    settings: () => modelSettings(connection, summaries),
    withoutSummaries: () => {
      summaries = false;
    },
  };
}

/** A client asks for the turn that it was given to, and for nobody else. */
const unbound: Fetch = () => Promise.reject(new TypeError('a request without a turn'));

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
