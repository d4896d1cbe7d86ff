/** The connections that administrators set up, and the models that they offer. Knows no keys. */
import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import {
  BUILT_IN_CONNECTION,
  type ConnectionMode,
  type ConnectionTestOutcome,
  connectionTestOutcomeSchema,
  type OfferedModel,
} from '../../src-shared/api/index.ts';
import { type Result, refusal, success } from '../../src-shared/result.ts';
import { type AccountsDatabase, atomicallyIn } from '../accounts/database.ts';
import { connections, offeredModels } from '../database/accounts/schema.ts';

export interface StoredConnection {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly mode: ConnectionMode;
  readonly enabled: boolean;
  readonly lastUsedAt: number | null;
  readonly testedAt: number | null;
  readonly testOutcome: ConnectionTestOutcome | null;
}

export type ConnectionChanges = Partial<Pick<StoredConnection, 'name' | 'baseUrl' | 'mode' | 'enabled'>>;

export interface Catalogue {
  /** Without the built-in one. */
  list(): readonly StoredConnection[];
  find(id: string): StoredConnection | null;
  create(values: Pick<StoredConnection, 'name' | 'baseUrl' | 'mode'>): StoredConnection;
  /** False when there is no such connection. */
  update(id: string, changes: ConnectionChanges): boolean;
  remove(id: string): boolean;
  noteUse(id: string): void;
  noteTest(id: string, outcome: ConnectionTestOutcome): void;
  /** When the built-in one was used and tested. */
  builtIn(): Pick<StoredConnection, 'lastUsedAt' | 'testedAt' | 'testOutcome'>;
  models(connectionId: string): readonly OfferedModel[];
  model(id: string): { readonly connectionId: string; readonly model: OfferedModel } | null;
  /** Takes the place of all models of a connection. An id that another connection offers is refused. */
  offer(connectionId: string, models: readonly OfferedModel[]): Result<null, 'model-taken'>;
}

/** Uses are written down so often at most: each costs a write to the disk. */
const USE_INTERVAL_MS = 60_000;

type ConnectionRow = typeof connections.$inferSelect;
type ModelRow = typeof offeredModels.$inferSelect;

export function openCatalogue(database: AccountsDatabase, now: () => number): Catalogue {
  const atomically = atomicallyIn(database);
  // Holds only when the built-in connection was used and tested; what it is comes from the settings.
  database
    .insert(connections)
    .values({
      id: BUILT_IN_CONNECTION,
      name: '',
      baseUrl: '',
      mode: 'chat',
      enabled: true,
      createdAt: now(),
    })
    .onConflictDoNothing()
    .run();
  const usedAt = new Map<string, number>();
  /** Every turn looks through all of them, and nobody but this process changes them. */
  let known: readonly StoredConnection[] | null = null;
  const modelsOf = new Map<string, readonly OfferedModel[]>();
  const forget = () => {
    known = null;
    modelsOf.clear();
  };
  const row = (id: string) => database.select().from(connections).where(eq(connections.id, id)).get();

  return {
    list() {
      known ??= database
        .select()
        .from(connections)
        .orderBy(asc(connections.createdAt))
        .all()
        .filter(({ id }) => id !== BUILT_IN_CONNECTION)
        .map(toConnection);
      return known;
    },

    find(id) {
      const found = id === BUILT_IN_CONNECTION ? undefined : row(id);
      return found === undefined ? null : toConnection(found);
    },

    create(values) {
      forget();
      const id = `con_${randomUUID().replaceAll('-', '')}`;
      const created = database
        .insert(connections)
        .values({ id, ...values, enabled: true, createdAt: now() })
        .returning()
        .get();
      return toConnection(created);
    },

    update(id, changes) {
      forget();
      if (id === BUILT_IN_CONNECTION) return false;
      if (Object.keys(changes).length === 0) return row(id) !== undefined;
      return database.update(connections).set(changes).where(eq(connections.id, id)).run().changes > 0;
    },

    remove: (id) =>
      atomically(() => {
        forget();
        if (id === BUILT_IN_CONNECTION) return false;
        database.delete(offeredModels).where(eq(offeredModels.connectionId, id)).run();
        return database.delete(connections).where(eq(connections.id, id)).run().changes > 0;
      }),

    noteUse(id) {
      const time = now();
      if (Math.abs(time - (usedAt.get(id) ?? 0)) < USE_INTERVAL_MS) return;
      usedAt.set(id, time);
      forget();
      database.update(connections).set({ lastUsedAt: time }).where(eq(connections.id, id)).run();
    },

    noteTest(id, outcome) {
      forget();
      const set = { testedAt: now(), testOutcome: outcome };
      database.update(connections).set(set).where(eq(connections.id, id)).run();
    },

    builtIn() {
      const found = row(BUILT_IN_CONNECTION);
      return found === undefined
        ? { lastUsedAt: null, testedAt: null, testOutcome: null }
        : toConnection(found);
    },

    models(connectionId) {
      const found =
        modelsOf.get(connectionId) ??
        database
          .select()
          .from(offeredModels)
          .where(eq(offeredModels.connectionId, connectionId))
          .orderBy(asc(offeredModels.position))
          .all()
          .map(toModel);
      modelsOf.set(connectionId, found);
      return found;
    },

    model(id) {
      const found = database.select().from(offeredModels).where(eq(offeredModels.id, id)).get();
      return found === undefined ? null : { connectionId: found.connectionId, model: toModel(found) };
    },

    offer(connectionId, models) {
      forget();
      const replace = () => {
        database.delete(offeredModels).where(eq(offeredModels.connectionId, connectionId)).run();
        const taken = models.some(
          ({ id }) =>
            database.select().from(offeredModels).where(eq(offeredModels.id, id)).get() !== undefined,
        );
        if (taken || new Set(models.map(({ id }) => id)).size < models.length) throw new ModelTaken();
        for (const [position, model] of models.entries()) {
          database
            .insert(offeredModels)
            .values({ ...toRow(model), connectionId, position })
            .run();
        }
      };
      try {
        atomically(replace);
        return success(null);
      } catch (error) {
        if (error instanceof ModelTaken) return refusal('model-taken');
        throw error;
      }
    },
  };
}

/** Thrown inside the transaction, so that the old models stay. */
class ModelTaken extends Error {
  override readonly name = 'ModelTaken';
}

function toConnection(row: ConnectionRow): StoredConnection {
  const { id, name, baseUrl, mode, enabled, lastUsedAt, testedAt } = row;
  const outcome = connectionTestOutcomeSchema.safeParse(row.testOutcome);
  const testOutcome = outcome.success ? outcome.data : null;
  return { id, name, baseUrl, mode, enabled, lastUsedAt, testedAt, testOutcome };
}

function toModel(row: ModelRow): OfferedModel {
  return {
    id: row.id,
    model: row.model,
    label: row.label,
    input_price: row.inputPrice,
    cached_price: row.cachedPrice,
    output_price: row.outputPrice,
    max_output_tokens: row.maxOutputTokens,
  };
}

function toRow(model: OfferedModel): Omit<ModelRow, 'connectionId' | 'position'> {
  return {
    id: model.id,
    model: model.model,
    label: model.label,
    inputPrice: model.input_price,
    cachedPrice: model.cached_price,
    outputPrice: model.output_price,
    maxOutputTokens: model.max_output_tokens,
  };
}
