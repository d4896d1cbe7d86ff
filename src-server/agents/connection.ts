import type { ConnectionMode } from '../../src-shared/api/index.ts';

/** A model provider, resolved for one turn. `guide`: no provider is set up, the offline guide answers. */
export type Connection =
  | { readonly kind: 'guide' }
  | {
      readonly kind: 'provider';
      readonly baseUrl: string;
      readonly mode: ConnectionMode;
      /** Null for local servers that ask for none. Never logged, never sent anywhere but `baseUrl`. */
      readonly apiKey: string | null;
      readonly model: string;
    };

/** What the agents room needs to know to answer one turn; asked afresh each time so that settings apply at once. */
export interface AssistantConfig {
  readonly connection: Connection;
  /** Added to Foyer's own system prompt. */
  readonly instructions: string;
}
