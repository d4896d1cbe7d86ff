/**
 * Reads the Responses API from its raw events (agents.md §1.2). The SDK repeats each text delta in a form of its own;
 * only the raw one is read.
 */
import { z } from 'zod';
import type { Locale } from '../../../context.ts';
import type { Stop } from '../../failures/classify.ts';
import { toAnnotation } from '../citations.ts';
import { hostedTask } from '../hosted-tools.ts';
import type { TurnWriter } from '../turn-writer.ts';
import { type ModelReader, textsOf } from './reader.ts';

const index = z.int().min(0).catch(0);
const inItem = { output_index: index };
const inPart = { ...inItem, content_index: index };
const inSummary = { ...inItem, summary_index: index };

const outputItem = z.looseObject({ type: z.string() });

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response.output_item.added'), ...inItem, item: outputItem }),
  z.object({ type: z.literal('response.output_item.done'), ...inItem, item: outputItem }),
  z.object({ type: z.literal('response.content_part.done'), ...inPart }),
  z.object({ type: z.literal('response.output_text.delta'), ...inPart, delta: z.string() }),
  z.object({ type: z.literal('response.refusal.delta'), ...inPart, delta: z.string() }),
  z.object({
    type: z.literal('response.output_text.annotation.added'),
    ...inPart,
    annotation: z.unknown(),
  }),
  z.object({ type: z.literal('response.reasoning_summary_text.delta'), ...inSummary, delta: z.string() }),
  z.object({ type: z.literal('response.reasoning_summary_text.done'), ...inSummary }),
  z.object({ type: z.literal('response.reasoning_text.delta'), ...inPart, delta: z.string() }),
  z.object({ type: z.literal('response.reasoning_text.done'), ...inPart }),
  z.object({ type: z.literal('response.failed') }),
  z.object({
    type: z.literal('response.incomplete'),
    response: z.object({ incomplete_details: z.object({ reason: z.string().nullish() }).nullish() }),
  }),
]);
type ResponsesEvent = z.infer<typeof eventSchema>;

export function responsesReader(writer: TurnWriter, locale: Locale): ModelReader {
  let streamed = false;
  /** Indexes begin again with each model call of a turn. */
  let call = 0;
  let stop: Stop | null = null;

  const readEvent = (event: ResponsesEvent) => {
    switch (event.type) {
      case 'response.output_item.added':
      case 'response.output_item.done': {
        const done = event.type === 'response.output_item.done';
        const task = hostedTask(event.item, done, locale);
        if (task !== null) writer.task(`hosted ${call} ${event.output_index}`, task);
        else if (event.item.type === 'reasoning' && !done) writer.think();
        else if (event.item.type === 'message' && done) writer.endMessage(`${event.output_index}`);
        break;
      }
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        streamed = true;
        writer.text(`${event.output_index}`, `${event.content_index}`, event.delta);
        break;
      case 'response.content_part.done':
        writer.endPart(`${event.output_index}`, `${event.content_index}`);
        break;
      case 'response.output_text.annotation.added': {
        const annotation = toAnnotation(event.annotation);
        if (annotation !== null) {
          writer.annotate(`${event.output_index}`, `${event.content_index}`, annotation);
        }
        break;
      }
      case 'response.reasoning_summary_text.delta':
        writer.thought(`summary ${event.output_index} ${event.summary_index}`, event.delta);
        break;
      case 'response.reasoning_summary_text.done':
        writer.endThought(`summary ${event.output_index} ${event.summary_index}`);
        break;
      case 'response.reasoning_text.delta':
        writer.thought(`raw ${event.output_index} ${event.content_index}`, event.delta);
        break;
      case 'response.reasoning_text.done':
        writer.endThought(`raw ${event.output_index} ${event.content_index}`);
        break;
      case 'response.failed':
        stop = 'failed';
        break;
      case 'response.incomplete': {
        const filtered = event.response.incomplete_details?.reason === 'content_filter';
        stop = filtered ? 'filtered' : 'length';
        break;
      }
    }
  };

  return {
    get stop() {
      return stop;
    },
    read(event) {
      if (event.type === 'model') {
        const parsed = eventSchema.safeParse(event.event);
        if (parsed.success) readEvent(parsed.data);
      } else if (event.type === 'response_done') {
        if (!streamed) for (const text of textsOf(event.response)) writer.text('whole', 'text', text);
        streamed = false;
        call += 1;
        writer.endResponse();
      }
    },
  };
}
