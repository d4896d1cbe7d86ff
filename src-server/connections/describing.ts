/** Connections as administrators see them: everything but the keys. */
import { BUILT_IN_CONNECTION, type ConnectionInfo } from '../../src-shared/api/index.ts';
import { type BuiltIn, builtInModels } from './built-in.ts';
import type { Catalogue, StoredConnection } from './catalogue.ts';
import type { ConnectionKeys } from './keys.ts';

/** What the list of connections shows, the built-in one first; of a key only where it is kept. */
export function describing(parts: {
  readonly builtIn: () => Promise<BuiltIn>;
  readonly catalogue: Catalogue;
  readonly keys: ConnectionKeys;
}) {
  const { catalogue, keys } = parts;

  const describe = async (stored: StoredConnection): Promise<ConnectionInfo> => ({
    id: stored.id,
    name: stored.name,
    base_url: stored.baseUrl,
    mode: stored.mode,
    enabled: stored.enabled,
    built_in: false,
    key: await keys.location(stored.id, stored.baseUrl),
    last_used_at: isoTime(stored.lastUsedAt),
    tested_at: isoTime(stored.testedAt),
    test_outcome: stored.testOutcome,
    models: [...catalogue.models(stored.id)],
  });

  const describeBuiltIn = async (): Promise<ConnectionInfo> => {
    const builtIn = await parts.builtIn();
    const { lastUsedAt, testedAt, testOutcome } = catalogue.builtIn();
    return {
      id: BUILT_IN_CONNECTION,
      name: '',
      base_url: builtIn.baseUrl,
      mode: builtIn.mode,
      enabled: builtIn.connection.kind === 'provider',
      built_in: true,
      key: builtIn.key,
      last_used_at: isoTime(lastUsedAt),
      tested_at: isoTime(testedAt),
      test_outcome: testOutcome,
      models: builtInModels(builtIn, catalogue),
    };
  };

  const find = async (id: string): Promise<ConnectionInfo | null> => {
    if (id === BUILT_IN_CONNECTION) return describeBuiltIn();
    const stored = catalogue.find(id);
    return stored === null ? null : describe(stored);
  };

  return {
    describe,
    find,
    async list(): Promise<ConnectionInfo[]> {
      return [await describeBuiltIn(), ...(await Promise.all(catalogue.list().map(describe)))];
    },
  };
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
