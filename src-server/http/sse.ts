import { once } from 'node:events';
import type { Response } from 'express';
import type { RunReader } from '../chatkit/index.ts';

export interface EventStreamOptions {
  /** Give each event its number as SSE id, so that the client can say where it was. */
  readonly ids: boolean;
  /** After so long without a frame, a comment keeps proxies from closing the stream. */
  readonly heartbeatMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends what a reader of a run gets as a server-sent event stream (protocol §1.3), as fast as the client takes it.
 * Returns when the run is over, or early when the client has gone or cannot get the rest; the reader is closed then.
 * A stream that is not whole does not end cleanly, so that no client takes it for the whole answer.
 *
 * @throws what broke the run off
 */
export async function sendEventStream(
  response: Response,
  reader: RunReader,
  options: EventStreamOptions,
): Promise<void> {
  const closed = new AbortController();
  const close = () => {
    closed.abort();
    reader.close();
  };
  response.once('close', close);
  if (response.destroyed) {
    close();
    return;
  }
  // Sent with the first frame, in one packet.
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
    ...options.headers,
  });
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': keep-alive\n\n');
  }, options.heartbeatMs);
  try {
    while (true) {
      const next = reader.poll();
      if (next === null) await reader.ready();
      else if (next.kind === 'frame') {
        heartbeat.refresh();
        const frame = options.ids ? `id: ${next.number}\n${next.text}` : next.text;
        if (!response.write(frame)) await drained(response, closed.signal);
      } else if (next.kind === 'over') {
        response.end();
        return;
      } else if (next.kind === 'failed') throw next.error;
      else {
        response.destroy();
        return;
      }
    }
  } finally {
    clearInterval(heartbeat);
    reader.close();
  }
}

async function drained(response: Response, closed: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: closed });
  } catch (error) {
    if (!closed.aborted) throw error;
  }
}
