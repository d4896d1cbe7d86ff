import type { ConnectionMode } from '../../src-shared/api/index.ts';
import type { RequestContext } from '../context.ts';
import type { CallMeter } from './provider/call-meter.ts';

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

/** What a turn may use. */
export interface TurnGrant {
  readonly connection: Connection;
  /** Whose key it is, for what is said when the server does not take it. Default: the installation's. */
  readonly keyOwner?: 'installation' | 'person';
  /** Asked before each request to the model server. */
  readonly meter?: CallMeter;
  /** Whether the model may be given this tool. Default: any. */
  readonly allowsTool?: (name: string) => boolean;
}

/** A turn that wants to begin. */
export interface TurnRequest {
  /** The connection that is set up. */
  readonly connection: Connection;
  /** The model that the person chose; null for the usual one. */
  readonly model: string | null;
  /** False when the same turn is run again: it is not counted a second time. */
  readonly isFirst: boolean;
}

/** The one place where a turn is let through. @throws {ModelProblem} why it may not begin */
export type Admit = (turn: TurnRequest, context: RequestContext) => Promise<TurnGrant>;
