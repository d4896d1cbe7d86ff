/** The sixteen operations a client can ask for (protocol §2), and one of our own: `threads.edit_user_message`. */
import { z } from 'zod';
import { jsonObjectSchema, orderSchema } from './common.ts';
import { userContentSchema } from './content.ts';
import { inferenceOptionsSchema } from './items.ts';
import { structuredSubmissionSchema } from './structured-input.ts';
import { actionSchema } from './widgets/index.ts';

export const userMessageInputSchema = z.object({
  content: z.array(userContentSchema),
  attachments: z.array(z.string()),
  quoted_text: z.string().nullish(),
  inference_options: inferenceOptionsSchema,
});
export type UserMessageInput = z.infer<typeof userMessageInputSchema>;

/** A whole number, also written as text: clients of the reference may rely on that (protocol §1.1). */
const integer = z.preprocess(
  (value) => (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : value),
  z.int(),
);

const listParams = {
  /** Null, 0 and less: the default. */
  limit: integer.nullish(),
  order: orderSchema.default('desc'),
  after: z.string().nullish(),
};
const threadId = { thread_id: z.string() };
const itemAction = { ...threadId, item_id: z.string().nullish(), action: actionSchema };

function operation<T extends string, P extends z.ZodRawShape>(type: T, params: P) {
  return z.object({
    type: z.literal(type),
    params: z.object(params),
    metadata: jsonObjectSchema.default({}),
  });
}

const streaming = [
  operation('threads.create', { input: userMessageInputSchema }),
  operation('threads.add_user_message', { ...threadId, input: userMessageInputSchema }),
  operation('threads.add_client_tool_output', {
    ...threadId,
    result: z.unknown().refine((v) => v !== undefined),
  }),
  operation('threads.add_structured_input', {
    ...threadId,
    item_id: z.string(),
    input: structuredSubmissionSchema,
  }),
  operation('threads.custom_action', itemAction),
  operation('threads.retry_after_item', { ...threadId, item_id: z.string() }),
  operation('threads.edit_user_message', { ...threadId, item_id: z.string(), input: userMessageInputSchema }),
] as const;

const nonStreaming = [
  operation('threads.get_by_id', threadId),
  operation('threads.list', listParams),
  operation('threads.update', { ...threadId, title: z.string() }),
  operation('threads.delete', threadId),
  operation('threads.sync_custom_action', itemAction),
  operation('items.list', { ...threadId, ...listParams }),
  operation('items.feedback', {
    ...threadId,
    item_ids: z.array(z.string()),
    kind: z.enum(['positive', 'negative']),
  }),
  operation('attachments.create', { name: z.string(), size: integer, mime_type: z.string() }),
  operation('attachments.delete', { attachment_id: z.string() }),
  operation('input.transcribe', { audio_base64: z.string(), mime_type: z.string() }),
] as const;

export const streamingRequestSchema = z.discriminatedUnion('type', streaming);
export const jsonRequestSchema = z.discriminatedUnion('type', nonStreaming);
export const chatKitRequestSchema = z.discriminatedUnion('type', [...streaming, ...nonStreaming]);

/** A request that is answered with a stream of events. */
export type StreamingRequest = z.infer<typeof streamingRequestSchema>;
/** A request that is answered with one JSON value. */
export type JsonRequest = z.infer<typeof jsonRequestSchema>;
export type ChatKitRequest = z.infer<typeof chatKitRequestSchema>;

const streamingTypes: ReadonlySet<string> = new Set(streaming.map((s) => s.shape.type.value));

/** Tells the two halves of the protocol apart (protocol §1.2). */
export function isStreamingRequest(request: ChatKitRequest): request is StreamingRequest {
  return streamingTypes.has(request.type);
}
