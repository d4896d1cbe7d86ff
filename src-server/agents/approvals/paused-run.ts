/** A run that waits for a person: kept with its thread, where only the server sees it (agents.md §1.3-12). */
import { z } from 'zod';
import type { ThreadItem } from '../../../src-shared/chatkit/index.ts';

const decisionSchema = z.enum(['open', 'allowed', 'refused']);

const callSchema = z.object({
  name: z.string(),
  /** JSON as the model wrote it, unchecked. */
  arguments: z.string(),
  decision: decisionSchema,
});

const pausedRunSchema = z.object({
  type: z.literal('foyer.paused_run'),
  /** The item that asks. */
  widget_id: z.string(),
  /** The run as the SDK writes it, without its context; null when it has gone on or never will. */
  state: z.string().nullable(),
  /** In the order in which the run asks for them. */
  calls: z.array(callSchema).min(1),
});

/** What a person says to a call: nothing yet, yes, or no. */
export type Decision = z.infer<typeof decisionSchema>;
/** A call of a tool that needs permission. */
export type ApprovalCall = z.infer<typeof callSchema>;
/** The content of the hidden item that keeps a paused run. */
export type PausedRun = z.infer<typeof pausedRunSchema>;

/** Null for hidden items about something else. */
export function readPausedRun(item: ThreadItem): PausedRun | null {
  return item.type === 'hidden_context_item' ? (pausedRunSchema.safeParse(item.content).data ?? null) : null;
}

/** The request of an MCP server that the provider calls itself: what is asked stands apart from the call. */
const hostedSchema = z.object({
  providerData: z.object({
    type: z.literal('mcp_approval_request'),
    name: z.string(),
    server_label: z.string().nullish(),
    arguments: z.string().nullish(),
  }),
});

const runSchema = z.object({
  interruptions: z
    .array(
      z.object({
        name: z.string().optional(),
        arguments: z.string().optional(),
        rawItem: z.unknown().optional(),
      }),
    )
    .optional(),
});

/** The calls that a run has stopped at, in its order; empty when it was not stopped by any. */
export function interruptedCalls(run: unknown): ApprovalCall[] {
  const interruptions = runSchema.safeParse(run).data?.interruptions ?? [];
  return interruptions.map((call) => {
    const hosted = hostedSchema.safeParse(call.rawItem).data?.providerData;
    if (hosted === undefined) {
      return { name: call.name ?? '', arguments: call.arguments ?? '{}', decision: 'open' };
    }
    const { name, server_label } = hosted;
    return {
      name: server_label ? `${server_label}: ${name}` : name,
      arguments: hosted.arguments ?? '{}',
      decision: 'open',
    };
  });
}

/**
 * A run's state as text. The host's context is left out: it may hold keys, and it is made anew when the run goes on.
 *
 * @throws {TypeError} when the run has no state that could be kept
 */
export function stateOf(run: { readonly state?: unknown }): string {
  const { state } = run;
  if (
    typeof state !== 'object' ||
    state === null ||
    !('toJSON' in state) ||
    typeof state.toJSON !== 'function'
  )
    throw new TypeError('a run that asks for permission has to have a state');
  const json: unknown = state.toJSON({ includeTracingApiKey: false });
  const parsed = z.looseObject({ context: z.looseObject({}) }).parse(json);
  return JSON.stringify({ ...parsed, context: { ...parsed.context, context: {} } });
}
