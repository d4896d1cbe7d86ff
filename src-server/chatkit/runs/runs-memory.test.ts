/** What runs keep in memory, and for how long. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAll, settle, setUp, textOf } from '../testing/run-setup.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

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
