import { randomBytes } from 'node:crypto';
import type { IdKind } from './store.ts';

const PREFIX: Record<IdKind, string> = {
  thread: 'thr',
  message: 'msg',
  tool_call: 'tc',
  task: 'tsk',
  workflow: 'wf',
  attachment: 'atc',
  sdk_hidden_context: 'shcx',
};

/** A new id: the protocol's prefix (§5.5) and 120 random bits, so that ids never collide and cannot be guessed. */
export function newId(kind: IdKind): string {
  return `${PREFIX[kind]}_${randomBytes(15).toString('hex')}`;
}

/** A new id for a run. Runs are no part of the protocol and live in memory only. */
export function newRunId(): string {
  return `run_${randomBytes(15).toString('hex')}`;
}
