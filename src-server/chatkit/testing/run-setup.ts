/** Runs with sources that a test feeds, and readers of them. Timers are those of the test. */
import { vi } from 'vitest';
import { type RunLimits, type RunReader, RunRegistry } from '../runs/index.ts';
import { type FrameSource, frameSource } from './frame-source.ts';

/** Lets everything happen that does not wait for a timer. */
export const settle = () => vi.advanceTimersByTimeAsync(0);

export function setUp(limits: Partial<RunLimits> = {}) {
  const runs = new RunRegistry(limits);
  const start = (
    options: {
      owner?: string;
      threadId?: string;
      resumable?: boolean;
      source?: FrameSource;
      cutOff?: () => void;
    } = {},
  ) => {
    const source = options.source ?? frameSource();
    const started = runs.start({
      owner: options.owner ?? 'ada',
      threadId: options.threadId ?? 'thr_1',
      resumable: options.resumable ?? true,
      frames: source.frames,
      controller: source.controller,
      ...(options.cutOff === undefined ? {} : { cutOff: options.cutOff }),
    });
    return { source, ...started };
  };
  const attach = (id: string, after: number, owner = 'ada', cutOff: () => void = () => undefined) =>
    runs.attach(owner, id, after, cutOff);
  const attached = (id: string, after: number): RunReader => {
    const result = attach(id, after);
    if (result.kind !== 'attached') throw new Error(result.kind);
    return result.reader;
  };
  return { runs, start, attach, attached };
}

/** Reads until the run is over, or what else there is to say. */
export async function readAll(reader: RunReader): Promise<{ frames: [number, string][]; end: string }> {
  const frames: [number, string][] = [];
  while (true) {
    const next = await reader.next();
    if (next.kind !== 'frame') return { frames, end: next.kind };
    frames.push([next.number, next.text]);
  }
}

export const textOf = async (reader: RunReader) => {
  const next = await reader.next();
  return next.kind === 'frame' ? next.text : next.kind;
};
