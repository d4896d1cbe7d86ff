import { createParser } from 'eventsource-parser';
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort } from '../errors.ts';
import { parseEvent } from './tolerant.ts';

/** The events of {@link readNumberedEvents}, for streams whose events have no numbers. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onUnknown: (data: string) => void,
): AsyncGenerator<ThreadStreamEvent, void, void> {
  for await (const { event } of readNumberedEvents(body, onUnknown)) yield event;
}

/** An event, and its number where the server gives numbers. */
export interface NumberedEvent {
  readonly event: ThreadStreamEvent;
  readonly id: number | null;
}

/**
 * Reads a `text/event-stream` body as ChatKit events, whatever the chunking of its bytes. Events of unknown type or
 * shape are reported to `onUnknown` and skipped. The end of the body is the end of the turn (protocol §1.3).
 * Throws a ChatKitError `interrupted` when the connection breaks; an abort passes through as thrown by fetch.
 */
export async function* readNumberedEvents(
  body: ReadableStream<Uint8Array>,
  onUnknown: (data: string) => void,
): AsyncGenerator<NumberedEvent, void, void> {
  const decoder = new TextDecoder();
  const ready: NumberedEvent[] = [];
  const parser = createParser({
    onEvent(message) {
      const event = parseEvent(message.data);
      if (event === null) onUnknown(message.data);
      else ready.push({ event, id: /^\d{1,15}$/.test(message.id ?? '') ? Number(message.id) : null });
    },
  });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
      if (done) return;
    }
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ChatKitError('interrupted', 'The connection broke while the response was arriving.', {
      cause: error,
    });
  } finally {
    reader.cancel().catch(() => {});
  }
}
