/** The eleven kinds of thread item (protocol §4.3). */
import { z } from 'zod';
import { attachmentSchema } from './attachments.ts';
import { jsonObjectSchema, pageSchema, timestampSchema } from './common.ts';
import { assistantContentSchema, userContentSchema } from './content.ts';
import { structuredQuestionSchema } from './structured-input.ts';
import { taskSchema, workflowSchema } from './tasks.ts';
import { widgetRootSchema } from './widgets/index.ts';

const base = { id: z.string(), thread_id: z.string(), created_at: timestampSchema };

/** What the person chose for one message: a tool, a model. */
export const inferenceOptionsSchema = z.object({
  tool_choice: z.object({ id: z.string() }).nullish(),
  model: z.string().nullish(),
});
export type InferenceOptions = z.infer<typeof inferenceOptionsSchema>;

export const userMessageSchema = z.object({
  type: z.literal('user_message'),
  ...base,
  content: z.array(userContentSchema),
  attachments: z.array(attachmentSchema).default([]),
  quoted_text: z.string().nullish(),
  inference_options: inferenceOptionsSchema,
});
export type UserMessageItem = z.infer<typeof userMessageSchema>;

export const assistantMessageSchema = z.object({
  type: z.literal('assistant_message'),
  ...base,
  content: z.array(assistantContentSchema),
});
export type AssistantMessageItem = z.infer<typeof assistantMessageSchema>;

export const clientToolCallSchema = z.object({
  type: z.literal('client_tool_call'),
  ...base,
  status: z.enum(['pending', 'completed']).default('pending'),
  call_id: z.string(),
  name: z.string(),
  arguments: jsonObjectSchema,
  output: z.unknown().optional(),
});
export type ClientToolCallItem = z.infer<typeof clientToolCallSchema>;

export const widgetItemSchema = z.object({
  type: z.literal('widget'),
  ...base,
  widget: widgetRootSchema,
  copy_text: z.string().nullish(),
});
export type WidgetItem = z.infer<typeof widgetItemSchema>;

export const generatedImageSchema = z.object({ id: z.string(), url: z.string() });
export type GeneratedImage = z.infer<typeof generatedImageSchema>;

export const generatedImageItemSchema = z.object({
  type: z.literal('generated_image'),
  ...base,
  image: generatedImageSchema.nullish(),
});

export const structuredInputItemSchema = z.object({
  type: z.literal('structured_input'),
  ...base,
  status: z.enum(['pending', 'answered', 'skipped']).default('pending'),
  inputs: z.array(structuredQuestionSchema),
});
export type StructuredInputItem = z.infer<typeof structuredInputItemSchema>;

export const taskItemSchema = z.object({ type: z.literal('task'), ...base, task: taskSchema });

export const workflowItemSchema = z.object({
  type: z.literal('workflow'),
  ...base,
  workflow: workflowSchema,
});
export type WorkflowItem = z.infer<typeof workflowItemSchema>;

export const endOfTurnItemSchema = z.object({ type: z.literal('end_of_turn'), ...base });

/** Context for the model that no client ever sees, written by the integrator. */
export const hiddenContextItemSchema = z.object({
  type: z.literal('hidden_context_item'),
  ...base,
  content: z.unknown(),
});

/** The same, written by the server itself (for example "the user cancelled"). */
export const sdkHiddenContextItemSchema = z.object({
  type: z.literal('sdk_hidden_context'),
  ...base,
  content: z.string(),
});
export type SdkHiddenContextItem = z.infer<typeof sdkHiddenContextItemSchema>;

export const threadItemSchema = z.discriminatedUnion('type', [
  userMessageSchema,
  assistantMessageSchema,
  clientToolCallSchema,
  widgetItemSchema,
  generatedImageItemSchema,
  structuredInputItemSchema,
  taskItemSchema,
  workflowItemSchema,
  endOfTurnItemSchema,
  hiddenContextItemSchema,
  sdkHiddenContextItemSchema,
]);
export type ThreadItem = z.infer<typeof threadItemSchema>;

export const threadItemPageSchema = pageSchema(threadItemSchema);

/** True for items that must never reach a client. */
export function isHiddenItem(item: Pick<ThreadItem, 'type'>): boolean {
  return item.type === 'hidden_context_item' || item.type === 'sdk_hidden_context';
}
