/** What the person chose for one message: a model, a tool (protocol §4.3, inference options). */
import type { InferenceOptions, ThreadItem } from '../../src-shared/chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import type { Admit, Connection, TurnGrant } from './connection.ts';
import { ModelProblem } from './failures/problem.ts';
import type { AssistantTool } from './tools.ts';

/** The choices for a turn: those of the newest message of the person, also while the turn goes on with a result. */
export function choicesOf(items: readonly ThreadItem[]): InferenceOptions {
  const asked = items.findLast((item) => item.type === 'user_message');
  return asked?.type === 'user_message' ? asked.inference_options : {};
}

/**
 * The connection with the model that was chosen. The guide is no model that could be chosen, so it stays what it is.
 *
 * @param models the models that this person may choose, besides the one that is set up
 * @throws {ModelProblem} `model-not-offered`
 */
export async function withModel(
  connection: Connection,
  { model }: InferenceOptions,
  models: ((context: RequestContext) => Promise<readonly string[]>) | undefined,
  context: RequestContext,
): Promise<Connection> {
  if (!model || connection.kind === 'guide' || model === connection.model) return connection;
  const offered = (await models?.(context)) ?? [];
  if (!offered.includes(model)) throw new ModelProblem('model-not-offered');
  return { ...connection, model };
}

/** What the turn may use: as `admit` says, or else the model among those on offer. @throws {ModelProblem} */
export async function grantFor(
  options: {
    readonly admit?: Admit;
    readonly models?: (context: RequestContext) => Promise<readonly string[]>;
  },
  turn: {
    readonly config: { readonly connection: Connection };
    readonly choices: InferenceOptions;
    readonly isFirst: boolean;
    readonly context: RequestContext;
  },
): Promise<TurnGrant> {
  const { config, choices, isFirst, context } = turn;
  if (options.admit !== undefined) {
    return options.admit({ connection: config.connection, model: choices.model || null, isFirst }, context);
  }
  return { connection: await withModel(config.connection, choices, options.models, context) };
}

/**
 * The name of the tool that was chosen, or null.
 *
 * @throws {ModelProblem} `tool-not-offered`
 */
export function chosenTool(
  { tool_choice }: InferenceOptions,
  connection: Connection,
  tools: readonly AssistantTool[],
): string | null {
  if (!tool_choice || connection.kind === 'guide') return null;
  if (!tools.some(({ name }) => name === tool_choice.id)) throw new ModelProblem('tool-not-offered');
  return tool_choice.id;
}
