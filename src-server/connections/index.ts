/** Connections: where models are, what they offer, and the keys that only the server sees. */
import {
  BUILT_IN_CONNECTION,
  type ConnectionInfo,
  type ConnectionTest,
  type OfferedModel,
} from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import { type AccountsDatabase, atomicallyIn } from '../accounts/database.ts';
import type { Keychain } from '../keychain/index.ts';
import { originOf } from '../outgoing/origin.ts';
import type { BuiltIn } from './built-in.ts';
import { type ConnectionChanges, openCatalogue, type StoredConnection } from './catalogue.ts';
import { describing } from './describing.ts';
import { connectionKeys } from './keys.ts';
import { type Offer, type Offered, openOffers } from './offers.ts';
import { type PersonalConnection, personalConnections } from './personal.ts';
import { personalKeyStore } from './personal-keys.ts';
import { connectionProbe } from './probe.ts';

export type { Offer, Offered };

export interface ConnectionsOptions {
  readonly database: AccountsDatabase;
  readonly keychain: Keychain;
  /** Of the entries in the keychain, unique to this installation. */
  readonly keyPrefix: string;
  /** Of the entries with people's own keys; no beginning of `keyPrefix`. */
  readonly personalKeyPrefix: string;
  readonly builtIn: () => Promise<BuiltIn>;
  readonly now?: () => number;
  /** How model servers are reached: one that refuses addresses which may not be asked. */
  readonly fetch: typeof globalThis.fetch;
}

/** Told of each change, in the transaction that makes it, so that it can be written down with it. */
export type NoteChange = (
  change: 'created' | 'changed' | 'deleted' | 'key_changed' | 'models_changed',
  connectionId: string,
) => void;

export type Connections = ReturnType<typeof openConnections>;

export function openConnections(options: ConnectionsOptions) {
  const now = options.now ?? Date.now;
  const catalogue = openCatalogue(options.database, now);
  const keys = connectionKeys(options.keychain, options.keyPrefix);
  const together = atomicallyIn(options.database);
  const probe = connectionProbe({ fetch: options.fetch });
  const store = personalKeyStore(options.database, options.keychain, options.personalKeyPrefix, now);
  const { describe, find, list } = describing({ builtIn: options.builtIn, catalogue, keys });
  const personal = personalConnections({
    store,
    probe,
    keychain: options.keychain,
    connections: () => forPeople(),
  });

  return {
    ...openOffers({ builtIn: options.builtIn, catalogue, keys, personalKeys: store }),
    find,
    list,
    personal,

    /** When a connection was last used; with whose key. */
    noteUse({ connectionId, keyOwner }: Pick<Offer, 'connectionId' | 'keyOwner'>, userId: string): void {
      if (keyOwner === 'person') store.noteUse(userId, connectionId);
      else catalogue.noteUse(connectionId);
    },

    /** @throws {KeychainError} when the key cannot be kept; then there is no connection either */
    async create(
      values: Pick<StoredConnection, 'name' | 'baseUrl' | 'mode'>,
      apiKey: string | null,
      note: NoteChange,
    ): Promise<ConnectionInfo> {
      const stored = together(() => {
        const created = catalogue.create(values);
        note('created', created.id);
        return created;
      });
      if (apiKey !== null) {
        try {
          await keys.set(stored.id, apiKey, stored.baseUrl);
        } catch (error) {
          removeNoted(stored.id, note);
          throw error;
        }
      }
      return describe(stored);
    },

    /** Another origin drops the key, and people's own, before the address is changed. @throws {KeychainError} nothing has changed */
    async update(id: string, changes: ConnectionChanges, note: NoteChange): Promise<ConnectionInfo | null> {
      const stored = catalogue.find(id);
      if (stored === null) return null;
      const origin = originOf(changes.baseUrl ?? stored.baseUrl);
      const moves = origin !== originOf(stored.baseUrl);
      const dropPersonal = () => store.dropLost(async () => new Map([[id, origin]]), id);
      if (moves) {
        await keys.set(id, null, stored.baseUrl);
        await dropPersonal();
      }
      const isChanged = together(() => {
        const found = catalogue.update(id, changes);
        if (found) note('changed', id);
        return found;
      });
      // Once more for those that came in between; where the keychain fails now, they are unused all the same.
      if (moves) await dropPersonal().catch(() => undefined);
      return isChanged ? find(id) : null;
    },

    /** @throws {KeychainError} nothing has changed */
    async remove(id: string, note: NoteChange): Promise<boolean> {
      const stored = catalogue.find(id);
      if (stored === null) return false;
      await keys.set(id, null, stored.baseUrl);
      await store.dropLost(async () => new Map(), id);
      const isRemoved = removeNoted(id, note);
      await store.dropLost(async () => new Map(), id).catch(() => undefined);
      return isRemoved;
    },

    /**
     * A new key takes the place of the old one when the server accepts it.
     *
     * @param isTested false: keep it without asking the server
     * @param note told when the keychain has the key
     * @throws {KeychainError} the old key is kept
     */
    async setKey(
      id: string,
      key: string | null,
      isTested: boolean,
      signal: AbortSignal,
      note: NoteChange,
    ): Promise<Result<ConnectionInfo, 'not-found' | ConnectionTest>> {
      const stored = catalogue.find(id);
      if (stored === null) return refusal('not-found');
      if (key !== null && isTested) {
        const test = await probe({ baseUrl: stored.baseUrl, apiKey: key }, signal);
        if (test.outcome !== 'ok') return refusal(test);
        catalogue.noteTest(id, test.outcome);
      }
      // The address may have been changed while the server was asked: the key was meant for the one before.
      await keys.set(id, key, stored.baseUrl);
      note('key_changed', id);
      return success(await describe(catalogue.find(id) ?? stored));
    },

    /** Asks the server for its models. Null when there is no such connection, or the guide stands in for it. */
    async test(id: string, signal: AbortSignal): Promise<ConnectionTest | null> {
      const target = await targetOf(id);
      if (target === null) return null;
      const test = await probe(target, signal);
      if (!signal.aborted) catalogue.noteTest(id, test.outcome);
      return test;
    },

    offer: (id: string, models: readonly OfferedModel[], note: NoteChange) =>
      together(() => {
        const offered = catalogue.offer(id, models);
        if (offered.ok) note('models_changed', id);
        return offered;
      }),
  };

  function removeNoted(id: string, note: NoteChange): boolean {
    return together(() => {
      const isRemoved = catalogue.remove(id);
      if (isRemoved) note('deleted', id);
      return isRemoved;
    });
  }

  async function forPeople(): Promise<PersonalConnection[]> {
    const builtIn = await options.builtIn();
    const own: PersonalConnection = {
      id: BUILT_IN_CONNECTION,
      name: '',
      baseUrl: builtIn.baseUrl,
      isEnabled: builtIn.connection.kind === 'provider',
      models: builtIn.models,
    };
    const others = catalogue.list().map(({ id, name, baseUrl, enabled }) => {
      const models = catalogue.models(id).map((model) => model.id);
      return { id, name, baseUrl, isEnabled: enabled, models };
    });
    return [own, ...others];
  }

  async function targetOf(id: string) {
    if (id === BUILT_IN_CONNECTION) {
      const { baseUrl, connection } = await options.builtIn();
      return { baseUrl, apiKey: connection.kind === 'provider' ? connection.apiKey : null };
    }
    const stored = catalogue.find(id);
    return stored === null ? null : { baseUrl: stored.baseUrl, apiKey: await keys.find(id, stored.baseUrl) };
  }
}
