/** The function tools of a run: shown as tasks, remembered for the client tool call at its end. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Task } from '../../../src-shared/chatkit/index.ts';
import type { ClientToolCall } from './agent-context.ts';
import type { FunctionCall, ToolState } from './converter.ts';

export interface ToolCalls {
  /** Known calls are not begun again: the run tells of them later than its hooks. */
  started(call: FunctionCall, prefix?: string): void;
  /** Calls that have ended stay as they are. */
  ended(callId: string, state: 'done' | 'failed', prefix?: string): void;
  find(callId: string): FunctionCall | null;
  /** The model's call that a client tool call came from, or null. */
  match(wanted: ClientToolCall): FunctionCall | null;
}

/** @param show shows a task, or its new state */
export function toolCalls(
  toTask: (call: FunctionCall, state: ToolState) => Task | null,
  show: (key: string, task: Task) => void,
): ToolCalls {
  const calls = new Map<string, FunctionCall>();
  const ended = new Set<string>();
  let unnamed = 0;

  const tell = (key: string, call: FunctionCall, state: ToolState) => {
    const task = toTask(call, state);
    if (task !== null) show(`call ${key}`, task);
  };

  return {
    started(call, prefix = '') {
      const key = prefix + (call.callId ?? `unnamed ${++unnamed}`);
      if (calls.has(key)) return;
      calls.set(key, call);
      tell(key, call, 'running');
    },
    ended(callId, state, prefix = '') {
      const key = prefix + callId;
      const call = calls.get(key);
      if (call === undefined || ended.has(key)) return;
      ended.add(key);
      tell(key, call, state);
    },
    find: (callId) => calls.get(callId) ?? null,
    match(wanted) {
      const sameName = [...calls.values()].filter(({ name }) => name === wanted.name);
      if (wanted.callId !== undefined) return sameName.find(({ callId }) => callId === wanted.callId) ?? null;
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
