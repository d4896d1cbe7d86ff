import { once } from 'node:events';
import type { Response } from 'express';

/** While nothing happens, a comment keeps proxies from closing the stream. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends text frames as a server-sent event stream, as fast as the client takes them. Returns when the frames end, or
 * early when the client has gone; either way the generator has been closed.
 */
export async function sendEventStream(response: Response, frames: AsyncGenerator<string>): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.socket?.setNoDelay(true);

  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const gather = packets(response);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': keep-alive\n\n');
  }, HEARTBEAT_MS);
  try {
    for await (const frame of frames) {
      if (closed.signal.aborted) return;
      gather.next();
      if (!response.write(frame)) await drained(response, closed.signal);
    }
    gather.flush();
    response.end();
  } finally {
    clearInterval(heartbeat);
  }
}

async function drained(response: Response, closed: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: closed });
  } catch (error) {
    if (!closed.aborted) throw error;
  }
}

/** What is written in the same moment leaves in one packet. `flush` has to come before the end: Node loses the rest. */
function packets(response: Response) {
  let open = false;
  const flush = () => {
    if (open) response.uncork();
    open = false;
  };
  return {
    next(): void {
      if (open) return;
      open = true;
      response.cork();
      process.nextTick(flush);
    },
    flush,
  };
}
