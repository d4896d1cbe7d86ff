/** Which model server answers, and with which key: settings and keychain put together. */
import { z } from 'zod';
import type { ConnectionMode, KeyLocation } from '../../src-shared/api/index.ts';
import type { AssistantConfig } from '../agents/connection.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { originOf } from '../outgoing/origin.ts';
import type { Settings } from './settings.ts';
import { DEFAULT_BASE_URL } from './variables.ts';

/** A key is only ever used for the origin it was entered for. */
const storedKeySchema = z.object({ origin: z.string(), key: z.string().min(1) });

export interface ConnectionSettings {
  /** What the assistant needs for one turn; read afresh, so that a change applies to the next message. */
  resolve(): Promise<AssistantConfig & { readonly key: KeyLocation; readonly mode: ConnectionMode }>;
  /** Keeps a key for the origin of a base URL; null forgets it. @throws when the keychain cannot keep it */
  setKey(key: string | null, baseUrl: string): Promise<void>;
  /** Forgets the kept key when the base URL now points to another origin. */
  dropKeyOfOtherOrigin(): Promise<void>;
}

/**
 * @param options.account name of the key's entry in the keychain, unique to this installation
 */
export function connectionSettings(options: {
  settings: Settings;
  keychain: Keychain;
  account: string;
}): ConnectionSettings {
  const { settings, keychain, account } = options;
  let cached: { key: z.infer<typeof storedKeySchema> | null } | null = null;

  const storedKey = async () => {
    if (cached === null) {
      const text = await keychain.get(account).catch(() => undefined);
      if (text === undefined) return null;
      cached = { key: text === null ? null : parseStoredKey(text) };
    }
    return cached.key;
  };

  const origin = () => originOf(settings.value('OPENAI_BASE_URL'));

  const findKey = async (): Promise<{ key: string | null; location: KeyLocation }> => {
    const fromEnvironment = settings.get('OPENAI_API_KEY').value;
    if (fromEnvironment !== null && environmentOrigin(settings) === origin()) {
      return { key: fromEnvironment, location: 'environment' };
    }
    const stored = await storedKey();
    if (stored === null || stored.origin !== origin()) return { key: null, location: 'none' };
    return { key: stored.key, location: keychain.place === 'os' ? 'keychain' : keychain.place };
  };

  return {
    async resolve() {
      const baseUrl = settings.value('OPENAI_BASE_URL');
      const { key, location } = await findKey();
      const isOpenAI = origin() === originOf(DEFAULT_BASE_URL);
      const chosen = settings.value('OPENAI_API_MODE');
      const mode = chosen === 'auto' ? (isOpenAI ? 'responses' : 'chat') : chosen;
      return {
        connection:
          key === null && isOpenAI
            ? { kind: 'guide' }
            : { kind: 'provider', baseUrl, mode, apiKey: key, model: settings.value('CHATKIT_AGENT_MODEL') },
        instructions: settings.value('CHATKIT_AGENT_INSTRUCTIONS'),
        key: location,
        mode,
      };
    },
    async setKey(key, baseUrl) {
      if (key === null) await keychain.delete(account);
      else await keychain.set(account, JSON.stringify({ origin: originOf(baseUrl), key }));
      cached = null;
    },
    async dropKeyOfOtherOrigin() {
      const stored = await storedKey();
      if (stored === null || stored.origin === origin()) return;
      await keychain.delete(account);
      cached = null;
    },
  };
}

/** The origin that a key from the environment was meant for: never one that was typed in the app. */
function environmentOrigin(settings: Settings): string {
  const base = settings.get('OPENAI_BASE_URL');
  const meant = base.source === 'settings' || base.value === null ? DEFAULT_BASE_URL : base.value;
  return originOf(meant);
}

function parseStoredKey(text: string): z.infer<typeof storedKeySchema> | null {
  try {
    const parsed = storedKeySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
