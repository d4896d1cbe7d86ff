/** The models on offer, and what a request to one of them needs. */
import { BUILT_IN_CONNECTION, type ConnectionMode, type OfferedModel } from '../../src-shared/api/index.ts';
import type { Connection } from '../agents/connection.ts';
import { type BuiltIn, builtInModels } from './built-in.ts';
import type { Catalogue } from './catalogue.ts';
import type { ConnectionKeys } from './keys.ts';
import type { PersonalKeyStore } from './personal-keys.ts';

/** A model on offer, and where it is. */
export interface Offered {
  readonly connectionId: string;
  readonly model: OfferedModel;
}

/** A model that was found among those on offer, with everything that a request to it needs. */
export interface Offer extends Offered {
  readonly connection: Connection;
  /** Whose key is in `connection`. */
  readonly keyOwner: 'installation' | 'person';
}

/** Asked anew for each turn, so that what administrators change applies to the next message. */
export function openOffers(parts: {
  readonly builtIn: () => Promise<BuiltIn>;
  readonly catalogue: Catalogue;
  readonly keys: ConnectionKeys;
  readonly personalKeys: PersonalKeyStore;
}) {
  const { catalogue, keys, personalKeys } = parts;

  /** Everything on offer; the usual model first. */
  const offered = async (): Promise<Offered[]> => {
    const builtIn = await parts.builtIn();
    const own =
      builtIn.connection.kind === 'provider'
        ? builtInModels(builtIn, catalogue).map((model) => ({ connectionId: BUILT_IN_CONNECTION, model }))
        : [];
    const taken = new Set(own.map(({ model }) => model.id));
    const others = catalogue
      .list()
      .filter(({ enabled }) => enabled)
      .flatMap(({ id }) => catalogue.models(id).map((model) => ({ connectionId: id, model })))
      .filter(({ model }) => !taken.has(model.id));
    return [...own, ...others];
  };

  return {
    offered,

    /**
     * The connection of a model on offer, with its key. Null when the connection is gone or switched off meanwhile.
     *
     * @param ownKeyOf whose own key takes the place of the connection's, where there is one; null: nobody's
     */
    async resolve({ connectionId, model }: Offered, ownKeyOf: string | null): Promise<Offer | null> {
      const withKey = async (baseUrl: string, mode: ConnectionMode, usual: () => Promise<string | null>) => {
        const own =
          ownKeyOf === null ? null : await personalKeys.find({ userId: ownKeyOf, connectionId, baseUrl });
        const apiKey = own ?? (await usual());
        const connection = { kind: 'provider', baseUrl, mode, apiKey, model: model.model } as const;
        return {
          connectionId,
          model,
          connection,
          keyOwner: own === null ? 'installation' : 'person',
        } as const;
      };
      if (connectionId === BUILT_IN_CONNECTION) {
        const { connection } = await parts.builtIn();
        if (connection.kind !== 'provider') return null;
        return withKey(connection.baseUrl, connection.mode, async () => connection.apiKey);
      }
      const stored = catalogue.find(connectionId);
      if (!stored?.enabled) return null;
      return withKey(stored.baseUrl, stored.mode, () => keys.find(connectionId, stored.baseUrl));
    },
  };
}
