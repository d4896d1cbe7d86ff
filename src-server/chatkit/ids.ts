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

/** 120 random bits: such ids never collide and cannot be guessed. */
const ID_BYTES = 15;

/** So many are drawn at a time: asking for random bytes costs ten times what the rest of an id does. */
const POOL = 64 * ID_BYTES;

let pool = Buffer.alloc(0);

/** A new id: the protocol's prefix (§5.5) and random bits. */
export function newId(kind: IdKind): string {
  return `${PREFIX[kind]}_${randomHex()}`;
}

/** A new id for a run. Runs are no part of the protocol and live in memory only. */
export function newRunId(): string {
  return `run_${randomHex()}`;
}

function randomHex(): string {
  if (pool.length === 0) pool = randomBytes(POOL);
  const drawn = pool.toString('hex', 0, ID_BYTES);
  pool = pool.subarray(ID_BYTES);
  return drawn;
}
