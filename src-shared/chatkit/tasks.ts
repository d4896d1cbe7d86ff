/** Tasks and workflows: what the assistant did on the way to its answer (protocol §4.6). */
import { z } from 'zod';
import { fileSourceSchema, urlSourceSchema } from './content.ts';
import { iconNameSchema } from './icons.ts';

const status_indicator = z.enum(['none', 'loading', 'complete']).default('none');

export const taskSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('custom'),
    status_indicator,
    title: z.string().nullish(),
    icon: iconNameSchema.nullish(),
    content: z.string().nullish(),
  }),
  z.object({
    type: z.literal('web_search'),
    status_indicator,
    title: z.string().nullish(),
    title_query: z.string().nullish(),
    queries: z.array(z.string()).default([]),
    sources: z.array(urlSourceSchema).default([]),
  }),
  z.object({
    type: z.literal('thought'),
    status_indicator,
    title: z.string().nullish(),
    content: z.string(),
  }),
  z.object({
    type: z.literal('file'),
    status_indicator,
    title: z.string().nullish(),
    sources: z.array(fileSourceSchema).default([]),
  }),
  z.object({ type: z.literal('image'), status_indicator, title: z.string().nullish() }),
]);
export type Task = z.infer<typeof taskSchema>;

/** With `title` the custom form; with only `duration` (whole seconds) the duration form. */
export const workflowSummarySchema = z.union([
  z.object({ title: z.string(), icon: iconNameSchema.nullish() }),
  z.object({ duration: z.int() }),
]);
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>;

export const workflowSchema = z.object({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(taskSchema),
  summary: workflowSummarySchema.nullish(),
  expanded: z.boolean().default(false),
});
export type Workflow = z.infer<typeof workflowSchema>;
