/** What people do with keys of their own: see whether there is one, enter it, try it out, remove it. Nobody reads one. */
import {
  BUILT_IN_CONNECTION,
  type ConnectionTest,
  type PersonalKey,
  type PersonalKeys,
} from '../../src-shared/api/index.ts';
import { type Result, refusal } from '../../src-shared/result.ts';
import type { Keychain } from '../keychain/index.ts';
import { originOf } from '../outgoing/origin.ts';
import type { NotePersonal, PersonalKeyStore } from './personal-keys.ts';
import type { Probe } from './probe.ts';

/** A connection as people see it. */
export interface PersonalConnection {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly isEnabled: boolean;
  /** Ids of what it offers. */
  readonly models: readonly string[];
}

export interface PersonalOptions {
  readonly store: PersonalKeyStore;
  readonly probe: Probe;
  readonly keychain: Pick<Keychain, 'place' | 'status'>;
  /** All of them, also those that are switched off. */
  readonly connections: () => Promise<readonly PersonalConnection[]>;
}

export type PersonalConnections = ReturnType<typeof personalConnections>;

/** `models` are the ids that a person may use. Nothing here asks whether the policy allows keys: the caller does. */
export function personalConnections({ store, probe, keychain, connections }: PersonalOptions) {
  const usableBy = (models: readonly string[]) => (connection: PersonalConnection) =>
    connection.isEnabled && connection.models.some((id) => models.includes(id));
  const usable = async (connectionId: string, models: readonly string[]) =>
    (await connections()).filter(usableBy(models)).find(({ id }) => id === connectionId) ?? null;

  return {
    /** Where keys are kept, and whether that answers. */
    async place(): Promise<Pick<PersonalKeys, 'keychain' | 'kept_in'>> {
      const { kind } = await keychain.status();
      return { keychain: kind, kept_in: keychain.place === 'os' ? 'keychain' : keychain.place };
    },

    /** The connections that the person can use, where keys are allowed, and those with a key of theirs. */
    async list(
      userId: string,
      models: readonly string[],
      isAllowed: boolean,
    ): Promise<readonly PersonalKey[]> {
      const rows = new Map(store.of(userId).map((row) => [row.connectionId, row]));
      const isUsable = usableBy(models);
      const known = await connections();
      const listed: PersonalKey[] = [];
      for (const connection of known) {
        const { id, name, baseUrl } = connection;
        const origin = originOf(baseUrl);
        const row = rows.get(id);
        const own = row?.origin === origin ? row : undefined;
        const isOffered = isUsable(connection);
        if (own === undefined && !(isOffered && isAllowed)) continue;
        const state = own === undefined ? 'none' : await stateOf(userId, id, baseUrl);
        listed.push({
          connection_id: id,
          name,
          built_in: id === BUILT_IN_CONNECTION,
          origin,
          key: state,
          last_used_at: own?.lastUsedAt == null ? null : new Date(own.lastUsedAt).toISOString(),
          usable: isOffered,
        });
      }
      return listed;
    },

    /**
     * A new key takes the place of the old one when the server accepts it.
     *
     * @throws {KeychainError} the old key is kept
     */
    async set(
      person: { readonly userId: string; readonly models: readonly string[] },
      connectionId: string,
      key: { readonly text: string; readonly isTested: boolean },
      signal: AbortSignal,
      note: NotePersonal,
    ): Promise<Result<null, 'not-found' | ConnectionTest>> {
      const target = await usable(connectionId, person.models);
      if (target === null) return refusal('not-found');
      const { baseUrl } = target;
      if (key.isTested) {
        const test = await probe({ baseUrl, apiKey: key.text }, signal);
        if (test.outcome !== 'ok') return refusal(test);
      }
      // Meanwhile the address may have been changed: the key was meant for the one that was shown.
      const isSame = async () => {
        const now = await usable(connectionId, person.models);
        return now !== null && originOf(now.baseUrl) === originOf(baseUrl);
      };
      return store.set({ userId: person.userId, connectionId, baseUrl }, key.text, isSame, note);
    },

    /** Asks the server for its models with the person's key. Null when there is no such key. */
    async test(
      person: { readonly userId: string; readonly models: readonly string[] },
      connectionId: string,
      signal: AbortSignal,
    ): Promise<ConnectionTest | null> {
      const target = await usable(connectionId, person.models);
      if (target === null) return null;
      const { baseUrl } = target;
      const apiKey = await store.find({ userId: person.userId, connectionId, baseUrl });
      return apiKey === null ? null : probe({ baseUrl, apiKey }, signal);
    },

    remove: store.remove,
    dropPerson: store.dropPerson,

    /** Drops what lost its person, its connection or its origin. @throws {KeychainError} what is left is not used */
    dropLost: () =>
      store.dropLost(
        async () => new Map((await connections()).map(({ id, baseUrl }) => [id, originOf(baseUrl)])),
      ),
  };

  async function stateOf(userId: string, connectionId: string, baseUrl: string) {
    const key = await store.find({ userId, connectionId, baseUrl });
    return key === null ? 'unreadable' : 'set';
  }
}
