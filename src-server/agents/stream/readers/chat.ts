/** Reads chat completions from their raw chunks: the SDK's own events lack thoughts and refusals (agents.md §1.3-8). */
import { z } from 'zod';
import type { Stop } from '../../failures/classify.ts';
import { thinkSplitter } from '../think-tags.ts';
import type { TurnWriter } from '../turn-writer.ts';
import { type FinishedResponse, type ModelReader, type ReaderHooks, textsOf } from './reader.ts';

const chunkSchema = z.object({
  choices: z.array(
    z.object({
      index: z.int().nullish(),
      finish_reason: z.string().nullish(),
      delta: z
        .object({
          content: z.string().nullish().catch(null),
          refusal: z.string().nullish().catch(null),
          reasoning: z.string().nullish().catch(null),
          reasoning_content: z.string().nullish().catch(null),
        })
        .nullish(),
    }),
  ),
});

const annotatedSchema = z.object({ annotations: z.array(z.unknown()) });

const STOPS: ReadonlyMap<string, Stop> = new Map([
  ['length', 'length'],
  ['content_filter', 'filtered'],
]);

/** A chat answer is one message with one part. */
const MESSAGE = 'answer';
const PART = 'text';
const THOUGHT = 'thought';

export function chatReader(writer: TurnWriter, hooks: ReaderHooks): ModelReader {
  let splitter = thinkSplitter();
  let streamed = false;
  let stop: Stop | null = null;

  const thought = (text: string) => writer.thought(THOUGHT, text);
  const text = (delta: string) => {
    if (delta.trim() !== '') writer.endThought(THOUGHT);
    writer.text(MESSAGE, PART, delta);
  };
  const pieces = (split: ReturnType<typeof splitter.feed>) => {
    for (const piece of split) (piece.kind === 'thought' ? thought : text)(piece.text);
  };

  const readChunk = (raw: unknown) => {
    const chunk = chunkSchema.safeParse(raw);
    if (!chunk.success) return;
    const choice = chunk.data.choices.find(({ index }) => (index ?? 0) === 0);
    if (choice === undefined) return;
    const { content, refusal, reasoning, reasoning_content } = choice.delta ?? {};
    // Servers that send both send the same text twice.
    const thinking = reasoning_content || reasoning;
    if (thinking) thought(thinking);
    if (content) {
      streamed = true;
      pieces(splitter.feed(content));
    }
    if (refusal) {
      streamed = true;
      text(refusal);
    }
    if (choice.finish_reason) stop = STOPS.get(choice.finish_reason) ?? null;
  };

  const finish = (response: FinishedResponse) => {
    // A filtered answer without a word is told apart by `stop`; the SDK puts a sentence of its own in its place.
    if (!streamed && stop !== 'filtered') for (const whole of textsOf(response)) pieces(splitter.feed(whole));
    pieces(splitter.flush());
    for (const citation of citationsOf(response)) {
      const annotation = hooks.toAnnotation(citation);
      if (annotation !== null) writer.annotate(MESSAGE, PART, annotation);
    }
    writer.endThought(THOUGHT);
    writer.endResponse();
    splitter = thinkSplitter();
    streamed = false;
  };

  return {
    get stop() {
      return stop;
    },
    read(event) {
      if (event.type === 'model') readChunk(event.event);
      else if (event.type === 'response_done') finish(event.response);
    },
  };
}

function citationsOf(response: FinishedResponse): unknown[] {
  return response.output.flatMap((item) => {
    if (item.type !== 'message' || item.role !== 'assistant') return [];
    return item.content.flatMap((part) => {
      const annotated = annotatedSchema.safeParse(part.providerData);
      return annotated.success ? annotated.data.annotations : [];
    });
  });
}
