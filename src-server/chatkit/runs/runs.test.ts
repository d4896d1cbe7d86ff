import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FrameSource, frameSource } from '../testing/frame-source.ts';
import { type RunLimits, type RunReader, RunRegistry } from './index.ts';

const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Lets everything happen that does not wait for a timer. */
const settle = () => vi.advanceTimersByTimeAsync(0);

function setUp(limits: Partial<RunLimits> = {}) {
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
async function readAll(reader: RunReader): Promise<{ frames: [number, string][]; end: string }> {
  const frames: [number, string][] = [];
  while (true) {
    const next = await reader.next();
    if (next.kind !== 'frame') return { frames, end: next.kind };
    frames.push([next.number, next.text]);
  }
}

const textOf = async (reader: RunReader) => {
  const next = await reader.next();
  return next.kind === 'frame' ? next.text : next.kind;
};

describe('reading', () => {
  it('numbers frames from 1, gives each once, and says when the run is over', async () => {
    const { start } = setUp();
    const { source, reader, run } = start();
    source.send('a', 'b', 'c');
    source.end();
    expect(await readAll(reader)).toEqual({
      frames: [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
      end: 'over',
    });
    expect(run.state).toBe('done');
  });

  it('waits for frames that do not exist yet', async () => {
    const { start } = setUp();
    const { source, reader } = start();
    const next = reader.next();
    await settle();
    source.send('late');
    expect(await next).toEqual({ kind: 'frame', number: 1, text: 'late' });
  });

  it('replays what came after a frame, then follows', async () => {
    const { start, attached } = setUp();
    const { source, reader, run } = start();
    source.send('a', 'b', 'c');
    await settle();
    expect([await textOf(reader), await textOf(reader)]).toEqual(['a', 'b']);
    reader.close();
    const second = attached(run.id, 2);
    expect(await textOf(second)).toBe('c');
    source.send('d');
    source.end();
    expect(await readAll(second)).toEqual({ frames: [[4, 'd']], end: 'over' });
  });

  it('gives several readers everything, each from where it is', async () => {
    const { start, attached } = setUp();
    const { source, reader, run } = start();
    source.send('a', 'b');
    await settle();
    const second = attached(run.id, 1);
    source.send('c');
    source.end();
    expect((await readAll(reader)).frames.map(([, text]) => text)).toEqual(['a', 'b', 'c']);
    expect((await readAll(second)).frames.map(([, text]) => text)).toEqual(['b', 'c']);
  });

  it('tells a reader that closes itself, also while it waits', async () => {
    const { start } = setUp();
    const { reader } = start();
    const next = reader.next();
    reader.close();
    expect(await next).toEqual({ kind: 'closed' });
    expect(await reader.next()).toEqual({ kind: 'closed' });
  });

  it('passes on what broke the run off', async () => {
    const { start } = setUp();
    const { source, reader, run } = start();
    source.send('a');
    source.fail(new Error('disk full'));
    expect(await textOf(reader)).toBe('a');
    expect(await reader.next()).toEqual({ kind: 'failed', error: new Error('disk full') });
    await run.ended;
    expect(run.state).toBe('failed');
  });

  it('knows nothing of unknown and foreign runs, nor of frames that were never sent', async () => {
    const { start, attach, runs } = setUp();
    const { source, run } = start();
    source.send('a');
    await settle();
    expect(attach('run_x', 0)).toEqual({ kind: 'unknown' });
    expect(attach(run.id, 0, 'bea')).toEqual({ kind: 'unknown' });
    expect(await runs.stop('bea', run.id)).toBeNull();
    expect(runs.list('bea', null)).toEqual([]);
    expect(attach(run.id, 2)).toEqual({ kind: 'gone' });
    expect(run.state).toBe('running');
  });

  it('lets the first of too many readers go', async () => {
    const { start, attached } = setUp();
    const { reader, run } = start();
    const others = Array.from({ length: 8 }, () => attached(run.id, 0));
    expect(await reader.next()).toEqual({ kind: 'closed' });
    expect(others).toHaveLength(8);
    expect(run.state).toBe('running');
  });
});

describe('without a reader', () => {
  it('a run that can be resumed goes on, and is there for a late client', async () => {
    const { start, attach, attached } = setUp();
    const { source, reader, run } = start();
    reader.close();
    source.send('a', 'b');
    source.end();
    await run.ended;
    expect(run.state).toBe('done');
    await vi.advanceTimersByTimeAsync(2 * MINUTE - 1);
    expect(attach(run.id, 2)).toEqual({ kind: 'complete' });
    expect((await readAll(attached(run.id, 1))).frames).toEqual([[2, 'b']]);
    await vi.advanceTimersByTimeAsync(1);
    expect(attach(run.id, 1)).toEqual({ kind: 'unknown' });
  });

  it('any other run is stopped', async () => {
    const { start, attach } = setUp();
    const { source, reader, run } = start({ resumable: false });
    source.send('a');
    await settle();
    expect(attach(run.id, 0)).toEqual({ kind: 'gone' });
    reader.close();
    await run.ended;
    expect(run.state).toBe('stopped');
    expect(attach(run.id, 0)).toEqual({ kind: 'unknown' });
  });

  it('a run is stopped after 15 minutes, counted from its last reader', async () => {
    const { start, attached } = setUp();
    const { reader, run } = start();
    reader.close();
    await vi.advanceTimersByTimeAsync(14 * MINUTE);
    const second = attached(run.id, 0);
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(run.state).toBe('running');
    second.close();
    await vi.advanceTimersByTimeAsync(15 * MINUTE - 1);
    expect(run.state).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    expect(run.state).toBe('stopped');
  });
});

describe('stopping', () => {
  it('ends the run, tells readers, waits for the last write, and can be repeated', async () => {
    let written = false;
    const source = frameSource(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      written = true;
    });
    const { start, runs } = setUp();
    const { reader, run } = start({ source });
    source.send('a');
    expect(await textOf(reader)).toBe('a');
    const stops = [runs.stop('ada', run.id), runs.stop('ada', run.id)].map((stop) =>
      stop.then((state) => [state, written]),
    );
    await vi.advanceTimersByTimeAsync(50);
    expect(await Promise.all(stops)).toEqual([
      ['stopped', true],
      ['stopped', true],
    ]);
    expect(await textOf(reader)).toBe('over');
    expect(await runs.stop('ada', run.id)).toBe('stopped');
  });

  it('ends a run that nobody reads and that never waits for anything', async () => {
    vi.useRealTimers();
    const { runs } = setUp({ detachedMs: 30, runBytes: 1_000 });
    const controller = new AbortController();
    async function* busy() {
      while (!controller.signal.aborted) yield 'frame';
    }
    const { run, reader } = runs.start({
      owner: 'ada',
      threadId: 'thr_1',
      resumable: true,
      frames: busy(),
      controller,
    });
    reader.close();
    await run.ended;
    expect(run.state).toBe('stopped');
    expect(run.bytes).toBeLessThanOrEqual(1_000);
  });

  it('leaves a run alone that is over', async () => {
    const { start, runs } = setUp();
    const { source, run } = start();
    source.end();
    await run.ended;
    expect(await runs.stop('ada', run.id)).toBe('done');
  });

  it('ends the runs of a thread only', async () => {
    const { start, runs } = setUp();
    const one = start({ threadId: 'thr_1' });
    const two = start({ threadId: 'thr_2' });
    const foreign = start({ threadId: 'thr_1', owner: 'bea' });
    await runs.stopThread('ada', 'thr_1');
    expect([one, two, foreign].map(({ run }) => run.state)).toEqual(['stopped', 'running', 'running']);
    expect(runs.list('ada', 'thr_1')).toEqual([]);
    expect(runs.list('ada', null)).toMatchObject([{ id: two.run.id, threadId: 'thr_2', lastFrame: 0 }]);
  });

  it('closing ends all runs and all that follow, but waits for no dead one', async () => {
    const { start, runs } = setUp();
    const one = start();
    const dead = start({ source: frameSource(() => new Promise(() => undefined)) });
    const closed = runs.close();
    await vi.advanceTimersByTimeAsync(1_499);
    expect(one.run.state).toBe('stopped');
    const late = vi.fn();
    void closed.then(late);
    await settle();
    expect(late).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await closed;
    expect(dead.run.state).toBe('running');
    const after = start();
    await after.run.ended;
    expect(after.run.state).toBe('stopped');
  });
});

describe('memory', () => {
  const kilobyte = 'x'.repeat(1_000);

  it('a run waits for its reader', async () => {
    const { start, runs } = setUp({ aheadBytes: 3_000 });
    const { source, reader } = start({ resumable: false });
    source.send(...Array.from({ length: 10 }, () => kilobyte));
    source.end();
    await settle();
    expect(source.pulled()).toBe(4);
    expect(runs.bytes).toBe(4_000);
    expect(await textOf(reader)).toBe(kilobyte);
    await settle();
    expect(source.pulled()).toBe(5);
    expect((await readAll(reader)).frames).toHaveLength(9);
    expect(runs.bytes).toBe(0);
  });

  it('a run that waits for its reader can be stopped, and ends when that reader leaves', async () => {
    const { start, runs } = setUp({ aheadBytes: 1 });
    const stopped = start();
    const left = start({ resumable: false });
    for (const { source } of [stopped, left]) source.send('aa', 'bb', 'cc');
    await settle();
    expect(stopped.source.pulled()).toBe(1);
    expect(await runs.stop('ada', stopped.run.id)).toBe('stopped');
    left.reader.close();
    await left.run.ended;
    expect(left.run.state).toBe('stopped');
  });

  it('a run that waits for its reader goes on at once when that one leaves', async () => {
    const { start, attached } = setUp({ aheadBytes: 1 });
    const { source, reader, run } = start();
    source.send('aa', 'bb', 'cc');
    source.end();
    await settle();
    expect(run.lastFrame).toBe(1);
    reader.close();
    await run.ended;
    expect((await readAll(attached(run.id, 0))).frames).toHaveLength(3);
  });

  it('goes on without readers that take nothing for half a minute', async () => {
    const { start, attached } = setUp({ aheadBytes: 1_000 });
    const cutOff = vi.fn();
    const { source, reader, run } = start({ cutOff });
    source.send(...Array.from({ length: 5 }, () => kilobyte));
    source.end();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(run.state).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    await run.ended;
    expect(cutOff).toHaveBeenCalledTimes(1);
    expect(await reader.next()).toEqual({ kind: 'closed' });
    expect((await readAll(attached(run.id, 0))).frames).toHaveLength(5);
  });

  it('keeps going for one reader that keeps up, and tells the slow one what is gone', async () => {
    const { start, attached } = setUp({ aheadBytes: 2_000, runBytes: 4_000 });
    const { source, reader, run } = start();
    const slow = attached(run.id, 0);
    source.send(...Array.from({ length: 10 }, () => kilobyte));
    source.end();
    expect((await readAll(reader)).frames).toHaveLength(10);
    expect(await slow.next()).toEqual({ kind: 'gone' });
    expect(run.bytes).toBeLessThanOrEqual(4_000);
  });

  it('keeps the newest frames of a run without a reader', async () => {
    const { start, attach, attached } = setUp({ runBytes: 3_000 });
    const { source, reader, run } = start();
    reader.close();
    source.send(...Array.from({ length: 10 }, (_, index) => `${index}`.repeat(1_000)));
    source.end();
    await run.ended;
    expect(attach(run.id, 6)).toEqual({ kind: 'gone' });
    expect((await readAll(attached(run.id, 7))).frames.map(([number]) => number)).toEqual([8, 9, 10]);
  });

  it('never drops a frame in front of the only reader, however large', async () => {
    const { start } = setUp({ runBytes: 3_000 });
    const { source, reader } = start();
    source.send('small', 'x'.repeat(50_000), 'y'.repeat(50_000), 'last');
    source.end();
    expect((await readAll(reader)).frames.map(([, text]) => text.length)).toEqual([5, 50_000, 50_000, 4]);
  });

  it('all runs together keep so much: first those that are over go, then the largest shrink', async () => {
    const { start, runs, attach } = setUp({ totalBytes: 10_000 });
    const over = start();
    over.source.send(kilobyte, kilobyte, kilobyte);
    over.source.end();
    await over.run.ended;
    const [large, small] = [start(), start()];
    large.reader.close();
    small.reader.close();
    small.source.send(kilobyte, kilobyte);
    large.source.send(...Array.from({ length: 9 }, () => kilobyte));
    await settle();
    expect(runs.bytes).toBeLessThanOrEqual(10_000);
    expect(attach(over.run.id, 0)).toEqual({ kind: 'unknown' });
    expect(attach(small.run.id, 0).kind).toBe('attached');
    expect(attach(large.run.id, 0)).toEqual({ kind: 'gone' });
    expect(attach(large.run.id, 1).kind).toBe('attached');
  });

  it('an owner with too many runs gets one that cannot be resumed; runs that are over make room', async () => {
    const { start, attach } = setUp({ perOwner: 2 });
    const first = start();
    const second = start();
    const third = start();
    expect([first, second, third].map(({ run }) => run.resumable)).toEqual([true, true, false]);
    expect(start({ owner: 'bea' }).run.resumable).toBe(true);
    first.source.end();
    await first.run.ended;
    expect(start().run.resumable).toBe(true);
    expect(attach(first.run.id, 0)).toEqual({ kind: 'unknown' });
  });

  it('counts no bytes twice, whatever happens', async () => {
    vi.useRealTimers();
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('send' as const),
        run: fc.nat(2),
        bytes: fc.integer({ min: 1, max: 900 }),
      }),
      fc.record({ kind: fc.constant('read' as const), run: fc.nat(2) }),
      fc.record({ kind: fc.constant('leave' as const), run: fc.nat(2) }),
      fc.record({ kind: fc.constant('attach' as const), run: fc.nat(2), after: fc.nat(20) }),
      fc.record({ kind: fc.constant('end' as const), run: fc.nat(2) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { start, runs, attach } = setUp({ runBytes: 1_500, totalBytes: 3_000, aheadBytes: 700 });
        const started = [start(), start({ resumable: false }), start()];
        const readers = started.map(({ reader }) => reader);
        for (const each of steps) {
          const { source, run } = started[each.run]!;
          if (each.kind === 'send') source.send('x'.repeat(each.bytes));
          else if (each.kind === 'end') source.end();
          else if (each.kind === 'leave') readers[each.run]!.close();
          else if (each.kind === 'attach') {
            const result = attach(run.id, each.after);
            if (result.kind === 'attached') readers[each.run] = result.reader;
          } else if (readers[each.run]!.position < run.lastFrame) {
            const before = readers[each.run]!.position;
            const next = await readers[each.run]!.next();
            if (next.kind === 'frame') expect(next.number).toBe(before + 1);
          }
          await new Promise(setImmediate);
          const kept = started.filter(({ run }) => runs.list('ada', null).some(({ id }) => id === run.id));
          expect(runs.bytes).toBeGreaterThanOrEqual(kept.reduce((sum, { run }) => sum + run.bytes, 0));
        }
        await runs.close();
        expect(runs.bytes).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a thread that is to be changed', () => {
  it('is idle when nothing runs in it, and after the last write of what is stopped', async () => {
    const { runs, start } = setUp();
    expect(await runs.isIdle('ada', 'thr_1')).toBe(true);
    const { run, source } = start();
    expect(await runs.isIdle('ada', 'thr_1')).toBe(false);
    expect(await runs.isIdle('bob', 'thr_1')).toBe(true);
    expect(await runs.isIdle('ada', 'thr_2')).toBe(true);
    source.controller.abort();
    const idle = runs.isIdle('ada', 'thr_1');
    await settle();
    expect(await idle).toBe(true);
    expect(run.state).toBe('stopped');
  });
});

describe('a turn that is being prepared', () => {
  it('keeps its thread from being idle until it is started, or will not be', async () => {
    const { runs } = setUp();
    const done = runs.announce('ada', 'thr_1');
    expect(await runs.isIdle('ada', 'thr_1')).toBe(false);
    expect(await runs.isIdle('ada', 'thr_2')).toBe(true);
    expect(await runs.isIdle('bob', 'thr_1')).toBe(true);
    done();
    expect(await runs.isIdle('ada', 'thr_1')).toBe(true);
  });
});
