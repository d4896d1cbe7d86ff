/** The function tools of a run: shown as tasks, remembered for the client tool call at its end. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Task } from '../../../src-shared/chatkit/index.ts';
import type { ClientToolCall } from './agent-context.ts';
import type { FunctionCall, ToolState } from './converter.ts';

/** Who tells of a call: the run itself, the hooks of its runner, which are earlier, or the run of an agent inside a tool. */
export type ToolCallSource = 'run' | 'hooks' | `nested ${string}`;

export interface ToolCalls {
  /** Begins a call, unless another source has told of it already. */
  started(call: FunctionCall, source: ToolCallSource): void;
  /** Ends the oldest call with this id of which the source has not told the end yet; null when there is none. */
  ended(callId: string, state: 'done' | 'failed', source: ToolCallSource): FunctionCall | null;
  /** The model's call that a client tool call came from, or null. */
  match(wanted: ClientToolCall): FunctionCall | null;
}

interface Known {
  readonly key: string;
  readonly call: FunctionCall;
  ended: boolean;
}

/**
 * Some providers give the same id to a call of each step of a turn. So the first call with an id that one source tells
 * of is the first that the other tells of, and so on.
 *
 * @param show shows a task, or its new state
 */
export function toolCalls(
  toTask: (call: FunctionCall, state: ToolState) => Task | null,
  show: (key: string, task: Task) => void,
): ToolCalls {
  const calls: Known[] = [];
  const told = new Map<string, number>();

  /** The call that a source means when it tells of this id once more. */
  const next = (what: 'start' | 'end', id: string, source: ToolCallSource) => {
    const counted = `${what} ${source} ${id}`;
    const index = told.get(counted) ?? 0;
    told.set(counted, index + 1);
    const key = `${source.startsWith('nested') ? source : 'call'} ${id} ${index}`;
    return { key, known: calls.find((call) => call.key === key) };
  };
  const tell = ({ key, call }: Known, state: ToolState) => {
    const task = toTask(call, state);
    if (task !== null) show(key, task);
  };

  return {
    started(call, source) {
      const { key, known } = next('start', call.callId ?? '', source);
      if (known !== undefined) return;
      const begun = { key, call, ended: false };
      calls.push(begun);
      tell(begun, 'running');
    },
    ended(callId, state, source) {
      const { known } = next('end', callId, source);
      if (known === undefined) return null;
      if (!known.ended) {
        known.ended = true;
        tell(known, state);
      }
      return known.call;
    },
    match(wanted) {
      const sameName = calls
        .filter(({ key, call }) => key.startsWith('call ') && call.name === wanted.name)
        .map(({ call }) => call);
      if (wanted.callId !== undefined) {
        return sameName.findLast(({ callId }) => callId === wanted.callId) ?? null;
      }
      const same = sameName.findLast((call) =>
        isDeepStrictEqual(parseArguments(call.arguments), wanted.arguments),
      );
      return same ?? sameName.at(-1) ?? null;
    },
  };
}

const argumentsSchema = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
});

/** What the model wrote as arguments; null where it is no JSON. */
export function parseArguments(text: unknown): unknown {
  return argumentsSchema.safeParse(text).data ?? null;
}
