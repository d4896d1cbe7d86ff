/** The twelve stream events and the ten item updates (protocol §3). */
import { z } from 'zod';
import { jsonObjectSchema } from './common.ts';
import { annotationSchema, assistantContentSchema } from './content.ts';
import { iconNameSchema } from './icons.ts';
import { generatedImageSchema, threadItemSchema } from './items.ts';
import { taskSchema } from './tasks.ts';
import { threadSchema } from './threads.ts';
import { widgetComponentSchema, widgetRootSchema } from './widgets/index.ts';

const index = z.int().min(0);

export const itemUpdateSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('assistant_message.content_part.added'),
    content_index: index,
    content: assistantContentSchema,
  }),
  z.object({
    type: z.literal('assistant_message.content_part.text_delta'),
    content_index: index,
    delta: z.string(),
  }),
  z.object({
    type: z.literal('assistant_message.content_part.annotation_added'),
    content_index: index,
    annotation_index: index,
    annotation: annotationSchema,
  }),
  z.object({
    type: z.literal('assistant_message.content_part.done'),
    content_index: index,
    content: assistantContentSchema,
  }),
  z.object({
    type: z.literal('widget.streaming_text.value_delta'),
    component_id: z.string(),
    delta: z.string(),
    done: z.boolean(),
  }),
  z.object({
    type: z.literal('widget.component.updated'),
    component_id: z.string(),
    component: widgetComponentSchema,
  }),
  z.object({ type: z.literal('widget.root.updated'), widget: widgetRootSchema }),
  z.object({ type: z.literal('workflow.task.added'), task_index: index, task: taskSchema }),
  z.object({ type: z.literal('workflow.task.updated'), task_index: index, task: taskSchema }),
  z.object({
    type: z.literal('generated_image.updated'),
    image: generatedImageSchema,
    progress: z.number().nullish(),
  }),
]);
export type ItemUpdate = z.infer<typeof itemUpdateSchema>;

export const streamOptionsSchema = z.object({ allow_cancel: z.boolean() });
export type StreamOptions = z.infer<typeof streamOptionsSchema>;

export const threadStreamEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread.created'), thread: threadSchema }),
  z.object({ type: z.literal('thread.updated'), thread: threadSchema }),
  z.object({ type: z.literal('thread.item.added'), item: threadItemSchema }),
  z.object({ type: z.literal('thread.item.updated'), item_id: z.string(), update: itemUpdateSchema }),
  z.object({ type: z.literal('thread.item.done'), item: threadItemSchema }),
  z.object({ type: z.literal('thread.item.removed'), item_id: z.string() }),
  z.object({ type: z.literal('thread.item.replaced'), item: threadItemSchema }),
  z.object({ type: z.literal('stream_options'), stream_options: streamOptionsSchema }),
  z.object({ type: z.literal('progress_update'), text: z.string(), icon: iconNameSchema.nullish() }),
  z.object({ type: z.literal('client_effect'), name: z.string(), data: jsonObjectSchema.default({}) }),
  z.object({
    type: z.literal('error'),
    code: z.string().default('custom'),
    message: z.string().nullish(),
    allow_retry: z.boolean().default(false),
  }),
  z.object({
    type: z.literal('notice'),
    level: z.enum(['info', 'warning', 'danger']),
    message: z.string(),
    title: z.string().nullish(),
  }),
]);
export type ThreadStreamEvent = z.infer<typeof threadStreamEventSchema>;
