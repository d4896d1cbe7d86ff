/** Reads a model's event stream as it passes, mends what bad servers do, and knows whether it came to its end. */
import { createParser } from 'eventsource-parser';
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
import { ModelProblem } from '../failures/problem.ts';
import { type ChunkRepair, chunkRepair } from './chunk-repair.ts';

/** Longest single event, in characters. Generous: a partial image is a few hundred thousand. */
const MAX_EVENT = 16_000_000;

// Inside a JSON string quotes are escaped, so these match only real members.
const CHAT_END = /"finish_reason"\s*:\s*"/;
const RESPONSES_END = /"type"\s*:\s*"(?:response\.(?:completed|failed|incomplete)|error)"/;
const REPORTED_ERROR = /^\s*\{\s*"error"\s*:/;

export interface EventStream {
  /** Takes bytes as they come; answers with what may be passed on now, empty when there is nothing yet. */
  feed(bytes: Uint8Array): Uint8Array;
  /**
   * The connection has ended. Answers with what is left.
   * @throws {ModelProblem} `cut` when the answer had not come to its end, `not-a-model-server` when there was none
   */
  end(): Uint8Array;
  /** The answer is complete; only the end of the connection is missing. */
  readonly complete: boolean;
}

/**
 * A filter for one answer.
 *
 * @param onData gets the data of each event as the server sent it; must not throw
 * @param onEvent gets the data of each event as it is passed on; must not throw
 */
export function eventStream(
  mode: ConnectionMode,
  onData?: (data: string) => void,
  onEvent?: (data: string) => void,
): EventStream {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const repair: ChunkRepair | null = mode === 'chat' ? chunkRepair() : null;
  const endOf = mode === 'chat' ? CHAT_END : RESPONSES_END;
  let output = '';
  let pending = 0;
  let events = 0;
  let complete = false;

  const parser = createParser({
    onEvent: ({ data, event }) => {
      pending = 0;
      events += 1;
      onData?.(data);
      if (data === '[DONE]' || endOf.test(data) || REPORTED_ERROR.test(data)) complete = true;
      const text = repair === null ? data : repair(data);
      onEvent?.(text);
      if (repair === null) return;
      if (event !== undefined) output += `event: ${event}\n`;
      for (const line of text.split('\n')) output += `data: ${line}\n`;
      output += '\n';
    },
  });
  const take = () => {
    const text = output;
    output = '';
    return encoder.encode(text);
  };
  const parse = (text: string) => {
    pending += text.length;
    if (pending > MAX_EVENT) throw new ModelProblem('garbled');
    parser.feed(text);
  };

  return {
    feed(bytes) {
      parse(decoder.decode(bytes, { stream: true }));
      // Where nothing is mended, the bytes go on as they came.
      return repair === null ? bytes : take();
    },
    end() {
      // Some servers forget the blank line after their last event.
      parse(`${decoder.decode()}\n\n`);
      if (events === 0) throw new ModelProblem('not-a-model-server');
      if (!complete) throw new ModelProblem('cut');
      return repair === null ? encoder.encode('\n\n') : take();
    },
    get complete() {
      return complete;
    },
  };
}
