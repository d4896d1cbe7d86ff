import { describe, expect, it } from 'vitest';
import { ChatKitError } from '../errors.ts';
import { type AskRun, beginRun, runFollower, StoppedByPerson } from './runs.ts';

const frame = (id: number) =>
  `id: ${id}\ndata: ${JSON.stringify({ type: 'progress_update', text: String(id) })}\n\n`;

/** A body that ends, breaks, or waits for ever after its frames. */
function body(ids: readonly number[], end: 'close' | 'break' | 'wait'): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const id = ids[next];
      next += 1;
      if (id !== undefined) controller.enqueue(new TextEncoder().encode(frame(id)));
      else if (end === 'close') controller.close();
      else if (end === 'break') controller.error(new TypeError('network error'));
      else return new Promise<void>(() => {});
    },
  });
}

async function read(
  ask: AskRun,
  first: ReadableStream<Uint8Array> | null,
  signal = new AbortController().signal,
  onLost = () => {},
) {
  const texts: string[] = [];
  for await (const event of runFollower(ask, () => {}).follow('run_1', first, signal, onLost)) {
    if (event.type === 'progress_update') texts.push(event.text);
  }
  return texts;
}

describe('a run that is followed', () => {
  it('goes on behind the last event after a broken connection, each event once', async () => {
    const asked: unknown[] = [];
    const answers = [body([3, 4], 'break'), body([5], 'close')];
    const ask: AskRun = async (path, { after }) => {
      asked.push([path, after]);
      return new Response(answers.shift());
    };
    let losses = 0;
    const lost = () => {
      losses += 1;
    };
    expect(await read(ask, body([1, 2], 'break'), undefined, lost)).toEqual(['1', '2', '3', '4', '5']);
    expect(losses).toBe(2);
    expect(asked).toEqual([
      ['/runs/run_1', 2],
      ['/runs/run_1', 4],
    ]);
  });

  it('is read from its beginning by a page that comes later', async () => {
    const ask: AskRun = async (_path, { after }) => new Response(after === 0 ? body([1, 2], 'close') : null);
    expect(await read(ask, null)).toEqual(['1', '2']);
  });

  it('is over when there is nothing more, and broken when the rest is gone', async () => {
    expect(await read(async () => new Response(null, { status: 204 }), body([1], 'break'))).toEqual(['1']);
    await expect(read(async () => new Response('', { status: 410 }), body([1], 'break'))).rejects.toThrow(
      ChatKitError,
    );
  });

  it('ends on the server only when a person stops it', async () => {
    for (const [reason, asked] of [
      [new StoppedByPerson(), ['POST /runs/run_1/stop']],
      [undefined, []],
    ] as const) {
      const calls: string[] = [];
      const stop = new AbortController();
      const ask: AskRun = async (path, { method }) => {
        calls.push(`${method} ${path}`);
        return new Response('{}');
      };
      const events = runFollower(ask, () => {}).follow('run_1', body([1], 'wait'), stop.signal);
      await events.next();
      stop.abort(reason);
      expect(calls).toEqual(asked);
    }
  });

  it('that is stopped before its id is known is stopped as soon as the id arrives', async () => {
    let answer = (_response: Response) => {};
    const signals: AbortSignal[] = [];
    const late: Response[] = [];
    const begin = (stop: AbortSignal) =>
      beginRun(
        (signal) => {
          signals.push(signal);
          return new Promise((resolve) => {
            answer = resolve;
          });
        },
        stop,
        (response) => late.push(response),
      );
    const stop = new AbortController();
    const begun = begin(stop.signal);
    stop.abort(new StoppedByPerson());
    await expect(begun).rejects.toBeInstanceOf(StoppedByPerson);
    expect(signals[0]?.aborted).toBe(false);
    const response = new Response('');
    answer(response);
    await Promise.resolve();
    expect(late).toEqual([response]);

    const leave = new AbortController();
    const left = begin(leave.signal);
    leave.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    expect(signals[1]?.aborted).toBe(true);
  });

  it('is found where the server knows runs, and nobody minds where it does not', async () => {
    const find = (answer: Response) =>
      runFollower(
        async () => answer,
        () => {},
      ).find('thr_1', new AbortController().signal);
    const runs = [
      { id: 'run_1', resumable: true },
      { id: 'run_2', resumable: false },
    ];
    expect(await find(new Response(JSON.stringify({ data: runs })))).toBe('run_1');
    expect(await find(new Response(JSON.stringify({ data: [{ id: '../x', resumable: true }] })))).toBeNull();
    expect(await find(new Response('nothing', { status: 404 }))).toBeNull();
  });
});
