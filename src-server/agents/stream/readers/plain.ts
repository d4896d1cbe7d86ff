/** Reads models that speak only the SDK's own events: text and the end of a response. */
import type { TurnWriter } from '../turn-writer.ts';
import { type ModelReader, textsOf } from './reader.ts';

export function plainReader(writer: TurnWriter): ModelReader {
  let streamed = false;
  return {
    stop: null,
    read(event) {
      if (event.type === 'output_text_delta') {
        streamed = true;
        writer.text('answer', 'text', event.delta);
      } else if (event.type === 'response_done') {
        if (!streamed) for (const text of textsOf(event.response)) writer.text('answer', 'text', text);
        streamed = false;
        writer.endResponse();
      }
    },
  };
}
