/** A run: reading it, leaving it alone, stopping it, and what is done with its thread. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { frameSource } from '../testing/frame-source.ts';
import { readAll, settle, setUp, textOf } from '../testing/run-setup.ts';

const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

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
