/**
 * Reads the Responses API from its raw events (agents.md §1.2). The SDK repeats each text delta in a form of its own;
 * only the raw one is read.
 */
import { z } from 'zod';
import type { AssistantContent } from '../../../../src-shared/chatkit/index.ts';
import type { Stop } from '../../failures/classify.ts';
import type { ImageWriter } from '../image-writer.ts';
import type { TurnWriter } from '../turn-writer.ts';
import { type ModelReader, type ReaderHooks, textsOf } from './reader.ts';
import { type ResponsesEvent, readPart, readResponsesEvent } from './responses-events.ts';

export interface ResponsesReaderOptions {
  readonly writer: TurnWriter;
  readonly images: ImageWriter;
  readonly hooks: ReaderHooks;
  /** `position`: items are known by their place in the answer; `id`: by the id that the provider gave them. */
  readonly keys: 'position' | 'id';
}

type ItemEvent = Extract<ResponsesEvent, { item: unknown }>;

const contentSchema = z.looseObject({ content: z.array(z.unknown()) });
const resultSchema = z.looseObject({ result: z.string().min(1) });

export function responsesReader({ writer, images, hooks, keys }: ResponsesReaderOptions): ModelReader {
  let streamed = false;
  /** Indexes begin again with each model call of a turn. */
  let call = 0;
  let stop: Stop | null = null;
  const positions = new Map<string, number>();

  const keyOf = (event: { output_index?: number | undefined }, id: string | undefined): string => {
    const position = event.output_index ?? (id === undefined ? undefined : positions.get(id));
    const known = keys === 'id' ? (id ?? position) : (position ?? id);
    return `${known ?? 0}`;
  };
  const toContent = (part: unknown): AssistantContent[] => {
    const read = readPart(part);
    if (read === null) return [];
    const annotations = read.citations.flatMap((citation) => hooks.toAnnotation(citation) ?? []);
    return [{ type: 'output_text', text: read.text, annotations }];
  };
  const contentOf = (item: ItemEvent['item']): AssistantContent[] =>
    (contentSchema.safeParse(item).data?.content ?? []).flatMap(toContent);

  const readItem = ({ type, item, output_index }: ItemEvent) => {
    if (item.id !== undefined && output_index !== undefined) positions.set(item.id, output_index);
    const key = keyOf({ output_index }, item.id);
    const done = type === 'response.output_item.done';
    switch (item.type) {
      case 'message': {
        const content = contentOf(item);
        if (!done) {
          writer.openMessage(key, content);
          return;
        }
        streamed ||= content.some(({ text }) => text !== '');
        writer.endMessage(key, content);
        return;
      }
      case 'reasoning':
        if (!done) writer.think();
        return;
      case 'image_generation_call':
        if (done) images.end(key, resultSchema.safeParse(item).data?.result ?? null);
        else images.open(key);
        return;
      default: {
        const task = hooks.hostedToolToTask(item, done);
        if (task !== null) writer.task(`hosted ${call} ${key}`, task);
      }
    }
  };

  const readEvent = (event: ResponsesEvent) => {
    switch (event.type) {
      case 'response.output_item.added':
      case 'response.output_item.done':
        return readItem(event);
      case 'response.failed':
        stop = 'failed';
        return;
      case 'response.incomplete': {
        const filtered = event.response.incomplete_details?.reason === 'content_filter';
        stop = filtered ? 'filtered' : 'length';
        return;
      }
      default:
        return readWithin(event, keyOf(event, event.item_id));
    }
  };

  const readWithin = (
    event: Exclude<ResponsesEvent, ItemEvent | { type: 'response.failed' | 'response.incomplete' }>,
    item: string,
  ) => {
    switch (event.type) {
      case 'response.content_part.added':
        for (const content of toContent(event.part)) writer.openPart(item, `${event.content_index}`, content);
        break;
      case 'response.output_text.delta':
        streamed = true;
        writer.text(item, `${event.content_index}`, event.delta);
        break;
      case 'response.refusal.delta':
        streamed = true;
        writer.refusal(item, `${event.content_index}`, event.delta);
        break;
      case 'response.output_text.done':
        writer.endText(item, `${event.content_index}`, event.text);
        break;
      case 'response.content_part.done':
        writer.endPart(item, `${event.content_index}`);
        break;
      case 'response.output_text.annotation.added': {
        const annotation = hooks.toAnnotation(event.annotation);
        if (annotation !== null) writer.annotate(item, `${event.content_index}`, annotation);
        break;
      }
      case 'response.image_generation_call.partial_image':
        images.preview(item, event.partial_image_b64, event.partial_image_index);
        break;
      case 'response.reasoning_summary_text.delta':
        writer.thought(`${call} ${item} ${event.summary_index}`, event.delta);
        break;
      case 'response.reasoning_summary_text.done':
        writer.endThought(`${call} ${item} ${event.summary_index}`, event.text);
        break;
      case 'response.reasoning_text.delta':
        writer.thought(`${call} ${item} ${event.content_index}`, event.delta, 'whole');
        break;
      case 'response.reasoning_text.done':
        writer.endThought(`${call} ${item} ${event.content_index}`, event.text, 'whole');
        break;
    }
  };

  return {
    get stop() {
      return stop;
    },
    read(event) {
      if (event.type === 'model') {
        const read = readResponsesEvent(event.event);
        if (read !== null) readEvent(read);
      } else if (event.type === 'response_done') {
        if (!streamed) for (const text of textsOf(event.response)) writer.text('whole', 'text', text);
        streamed = false;
        call += 1;
        positions.clear();
        writer.endResponse();
      }
    },
  };
}
