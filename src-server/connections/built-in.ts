/** The connection that is set up outside of the list: in the environment, or on the page "Model". */
import {
  BUILT_IN_CONNECTION,
  type ConnectionMode,
  type KeyLocation,
  type OfferedModel,
} from '../../src-shared/api/index.ts';
import type { Connection } from '../agents/connection.ts';
import type { Catalogue } from './catalogue.ts';

/** The connection of the environment and the page "Model", as it is now. */
export interface BuiltIn {
  readonly baseUrl: string;
  readonly mode: ConnectionMode;
  readonly key: KeyLocation;
  readonly connection: Connection;
  /** Names of its models, the usual one first. */
  readonly models: readonly string[];
}

/** The built-in models, with what administrators said about them. */
export function builtInModels({ models }: BuiltIn, catalogue: Catalogue): OfferedModel[] {
  const described = catalogue.models(BUILT_IN_CONNECTION);
  return models.map(
    (name) => described.find(({ id }) => id === name) ?? { ...UNPRICED, id: name, model: name },
  );
}

const UNPRICED = {
  label: '',
  input_price: null,
  cached_price: null,
  output_price: null,
  max_output_tokens: null,
} as const;
