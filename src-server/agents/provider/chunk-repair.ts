/**
 * Mends chunks of chat completions that the SDK would take wrongly: choices without an index, tool calls without
 * index or id, arguments as objects, names sent twice, content as a list of parts.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const toolCallSchema = z.looseObject({
  index: z.int().nullish(),
  id: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.unknown().optional() }).nullish(),
});
const deltaSchema = z.looseObject({
  content: z.unknown().optional(),
  tool_calls: z.array(toolCallSchema).nullish(),
});
const chunkSchema = z.looseObject({
  choices: z.array(z.looseObject({ index: z.int().nullish(), delta: deltaSchema.nullish() })),
});
const contentPartsSchema = z.array(
  z.looseObject({
    type: z.string(),
    text: z.string().optional(),
    thinking: z.array(z.looseObject({ text: z.string().optional() })).optional(),
  }),
);

type ToolCall = z.infer<typeof toolCallSchema>;
type Delta = z.infer<typeof deltaSchema>;

/** Takes the data of one event and gives it back as the SDK wants it. Keeps count of the calls of one answer. */
export type ChunkRepair = (data: string) => string;

interface KnownCall {
  readonly id: string;
  /** The index that the server used, if any. */
  readonly theirs: number | null;
  name: string;
}

export function chunkRepair(): ChunkRepair {
  const calls: KnownCall[] = [];
  return (data) => {
    if (!needsRepair(data)) return data;
    const chunk = chunkSchema.safeParse(parseJson(data));
    if (!chunk.success) return data;
    for (const [position, choice] of chunk.data.choices.entries()) {
      choice.index ??= position;
      const { delta } = choice;
      if (delta === null || delta === undefined) continue;
      flattenContent(delta);
      if (choice.index === 0) delta.tool_calls = delta.tool_calls?.map((call) => mendCall(call, calls));
    }
    return JSON.stringify(chunk.data);
  };
}

function needsRepair(data: string): boolean {
  return data.includes('"tool_calls"') || !data.includes('"index"') || /"content"\s*:\s*\[/.test(data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function flattenContent(delta: Delta): void {
  const parts = contentPartsSchema.safeParse(delta.content);
  if (!parts.success) return;
  delta.content = parts.data.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
  const thoughts = parts.data.flatMap((part) => part.thinking ?? []).map((part) => part.text ?? '');
  if (thoughts.length > 0) delta.reasoning_content = thoughts.join('');
}

function mendCall(call: ToolCall, calls: KnownCall[]): ToolCall {
  const name = call.function?.name ?? '';
  const args = call.function?.arguments;
  const known = findCall(call, name, calls);
  const index = known === -1 ? calls.length : known;
  let mended = calls[index];
  const isNew = mended === undefined;
  if (mended === undefined) {
    mended = { id: call.id || `call_${randomUUID()}`, theirs: call.index ?? null, name: '' };
    calls.push(mended);
  }
  const repeated = !isNew && name === mended.name;
  if (!repeated) mended.name += name;
  return {
    ...call,
    index,
    id: mended.id,
    type: 'function',
    function: {
      ...call.function,
      name: repeated ? '' : name,
      arguments:
        typeof args === 'string' ? args : args === undefined || args === null ? '' : JSON.stringify(args),
    },
  };
}

/** Which known call a fragment belongs to, or -1 for a new one. */
function findCall(call: ToolCall, name: string, calls: readonly KnownCall[]): number {
  if (call.id) {
    const sameId = calls.findIndex((known) => known.id === call.id);
    if (sameId !== -1) return sameId;
    // Another id under an index in use is another call: some servers give every call the index 0.
    return -1;
  }
  if (call.index !== null && call.index !== undefined) {
    return calls.findLastIndex((known) => known.theirs === call.index);
  }
  return name === '' ? calls.length - 1 : -1;
}
