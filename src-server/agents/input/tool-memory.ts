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
  /** Resolves when everything is kept. @throws what the store threw */
  settled(): Promise<void>;
}

/**
 * Writes hidden items, which only models get to see, at once: they belong before the answer that follows from them.
 * Ids of calls are our own, for some providers count theirs anew in each turn.
 */
export function toolMemory<Context>(chat: AgentContext<Context>): ToolMemory {
  let batch: ToolResults = [];
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    const results = batch;
    batch = [];
    const content = { type: 'foyer.tool_results', results } satisfies z.infer<typeof memorySchema>;
    const { thread, store, requestContext } = chat;
    const item = {
      type: 'hidden_context_item' as const,
      id: chat.newId('message'),
      thread_id: thread.id,
      created_at: chat.now().toISOString(),
      content,
    };
    writing = writing.then(() => store.addThreadItem(thread.id, item, requestContext));
    writing.catch(() => undefined);
  };

  return {
    add(call, output) {
      if (batch.length === 0) queueMicrotask(write);
      batch.push({
        call_id: chat.newId('tool_call'),
        name: call.name,
        arguments: call.arguments,
        output: output.length > MAX_OUTPUT ? `${output.slice(0, MAX_OUTPUT)} [cut]` : output,
      });
    },
    async settled() {
      if (batch.length > 0) await Promise.resolve();
      await writing;
    },
  };
}
