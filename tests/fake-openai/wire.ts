/** Writing server-sent events the way real, and really bad, servers do. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
import type { Tags } from './scenario.ts';

/** Writes events to one response; obeys the tags that are about bytes and time. */
export interface EventWriter {
  /** Sends one event; with a name, as an `event:` line. */
  send(data: unknown, name?: string): Promise<void>;
  /** Waits as long as the scenario wants between two deltas. */
  pause(): Promise<void>;
  raw(text: string): Promise<void>;
  /** Waits until what was sent is on its way, so that an end of the connection does not take it along. */
  flush(): Promise<void>;
  /** The client has gone. */
  readonly gone: boolean;
}

export function eventWriter(response: ServerResponse, tags: Tags): EventWriter {
  const newline = tags.has('crlf') ? '\r\n' : '\n';
  const delay = Number(tags.get('slow') || (tags.has('slow') ? 20 : 0));
  let sent = 0;
  const raw = async (text: string) => {
    if (response.destroyed) return;
    if (!tags.has('bytewise')) {
      response.write(text);
      return;
    }
    for (const byte of Buffer.from(text)) {
      response.write(Uint8Array.of(byte));
      await tick();
    }
  };
  return {
    raw,
    send: (data, name) => {
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      const event = name === undefined ? '' : `event: ${name}${newline}`;
      return raw(`${event}data: ${text}${newline}${newline}`);
    },
    pause: async () => {
      sent += 1;
      if (delay > 0) await sleep(delay);
      else if (sent % 50 === 0) await tick();
    },
    flush: () => sleep(20),
    get gone() {
      return response.destroyed;
    },
  };
}

/** Resolves when the client has gone: for answers that never come. */
export function untilGone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', () => resolve());
  });
}
