/** The raw events of the Responses API that mean something to a reader; the rest is not looked at. */
import { z } from 'zod';

const index = z.int().min(0);
/** Recordings leave positions out, some servers leave ids out. */
const inItem = {
  output_index: index.optional().catch(undefined),
  item_id: z.string().optional().catch(undefined),
};
const inPart = { ...inItem, content_index: index.catch(0) };
const inSummary = { ...inItem, summary_index: index.catch(0) };

const outputItem = z.looseObject({ type: z.string(), id: z.string().optional().catch(undefined) });

const responsesEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response.output_item.added'), ...inItem, item: outputItem }),
  z.object({ type: z.literal('response.output_item.done'), ...inItem, item: outputItem }),
  z.object({ type: z.literal('response.content_part.added'), ...inPart, part: z.unknown() }),
  z.object({ type: z.literal('response.content_part.done'), ...inPart }),
  z.object({ type: z.literal('response.output_text.delta'), ...inPart, delta: z.string() }),
  z.object({ type: z.literal('response.output_text.done'), ...inPart, text: z.string() }),
  z.object({ type: z.literal('response.refusal.delta'), ...inPart, delta: z.string() }),
  z.object({
    type: z.literal('response.output_text.annotation.added'),
    ...inPart,
    annotation: z.unknown(),
  }),
  z.object({
    type: z.literal('response.image_generation_call.partial_image'),
    ...inItem,
    partial_image_index: index.catch(0),
    partial_image_b64: z.string(),
  }),
  z.object({ type: z.literal('response.reasoning_summary_text.delta'), ...inSummary, delta: z.string() }),
  z.object({
    type: z.literal('response.reasoning_summary_text.done'),
    ...inSummary,
    text: z.string().optional().catch(undefined),
  }),
  z.object({ type: z.literal('response.reasoning_text.delta'), ...inPart, delta: z.string() }),
  z.object({
    type: z.literal('response.reasoning_text.done'),
    ...inPart,
    text: z.string().optional().catch(undefined),
  }),
  z.object({ type: z.literal('response.failed') }),
  z.object({
    type: z.literal('response.incomplete'),
    response: z.object({ incomplete_details: z.object({ reason: z.string().nullish() }).nullish() }),
  }),
]);

const KNOWN: ReadonlySet<unknown> = new Set(
  responsesEventSchema.options.map(({ shape }) => shape.type.value),
);

/** One raw event, checked. */
export type ResponsesEvent = z.infer<typeof responsesEventSchema>;

/**
 * Reads one raw event; null for one that means nothing here, or is not as it should be.
 *
 * Nearly all events are pieces of text, or arguments of tools, which are not read here. Both are seen at a glance: the
 * schema costs ten times as much as everything else that is done with them.
 */
export function readResponsesEvent(event: unknown): ResponsesEvent | null {
  if (typeof event !== 'object' || event === null || !('type' in event) || !KNOWN.has(event.type))
    return null;
  return plainDelta(event) ?? responsesEventSchema.safeParse(event).data ?? null;
}

function plainDelta(event: { readonly type: unknown }): ResponsesEvent | null {
  if (event.type !== 'response.output_text.delta') return null;
  const { delta, item_id, output_index, content_index }: Readonly<Record<string, unknown>> = { ...event };
  return typeof delta === 'string' &&
    typeof item_id === 'string' &&
    isIndex(output_index) &&
    isIndex(content_index)
    ? { type: event.type, delta, item_id, output_index, content_index }
    : null;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

const partSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('output_text'),
    text: z.string(),
    annotations: z.array(z.unknown()).nullish(),
  }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
]);

/** A part of a message: its text, and its citations as they came. Null for a part of another kind. */
export function readPart(part: unknown): { readonly text: string; readonly citations: unknown[] } | null {
  const parsed = partSchema.safeParse(part).data;
  if (parsed === undefined) return null;
  return parsed.type === 'refusal'
    ? { text: parsed.refusal, citations: [] }
    : { text: parsed.text, citations: parsed.annotations ?? [] };
}

/** The begin or end of an output item, with a key to tell it by; null for any other event. */
export function readItemEvent(
  event: unknown,
): { readonly item: unknown; readonly key: string; readonly done: boolean } | null {
  const parsed = readResponsesEvent(event);
  if (parsed?.type !== 'response.output_item.added' && parsed?.type !== 'response.output_item.done')
    return null;
  const { item, output_index, type } = parsed;
  return { item, key: item.id ?? `${output_index ?? 0}`, done: type === 'response.output_item.done' };
}
