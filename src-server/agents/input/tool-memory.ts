/** Keeps what the server's own tools found out, so that later turns know it too (agents.md §1.3-17). */
import { z } from 'zod';
import type { AgentContext } from '../bridge/agent-context.ts';
import type { FunctionCall } from '../bridge/converter.ts';

/** Longest result that is kept, in characters. */
const MAX_OUTPUT = 20_000;

const memorySchema = z.object({
  type: z.literal('foyer.tool_results'),
  results: z.array(
    z.object({ call_id: z.string(), name: z.string(), arguments: z.string(), output: z.string() }),
  ),
});

/** The calls of one step of a turn and what came of them. */
export type ToolResults = z.infer<typeof memorySchema>['results'];

/** The results in the content of a hidden item; null when it is about something else. */
export function readToolResults(content: unknown): ToolResults | null {
  return memorySchema.safeParse(content).data?.results ?? null;
}

export interface ToolMemory {
  add(call: FunctionCall, output: string): void;
}

/**
 * Writes hidden items, which only models get to see, before the answer that follows from them. Ids of calls are our
 * own, for some providers count theirs anew in each turn.
 *
 * @param whenRead does something when everything before it has been read, and so is kept
 */
export function toolMemory<Context>(
  chat: AgentContext<Context>,
  whenRead: (work: () => Promise<void>) => void,
): ToolMemory {
  let batch: ToolResults = [];

  const write = async () => {
    const results = batch;
    batch = [];
    const { thread, store, requestContext } = chat;
    const item = {
      type: 'hidden_context_item' as const,
      id: chat.newId('message'),
      thread_id: thread.id,
      created_at: chat.now().toISOString(),
      content: { type: 'foyer.tool_results', results } satisfies z.infer<typeof memorySchema>,
    };
    await store.addThreadItem(thread.id, item, requestContext);
  };

  return {
    add(call, output) {
      if (batch.length === 0) whenRead(write);
      batch.push({
        call_id: chat.newId('tool_call'),
        name: call.name,
        arguments: call.arguments,
        output: output.length > MAX_OUTPUT ? `${output.slice(0, MAX_OUTPUT)} [cut]` : output,
      });
    },
  };
}
