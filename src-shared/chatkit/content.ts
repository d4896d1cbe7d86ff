/** Message content: user parts, assistant parts, annotations and their sources (protocol §4.4). */
import { z } from 'zod';
import { jsonObjectSchema } from './common.ts';
import { iconNameSchema } from './icons.ts';

export const inputTextSchema = z.object({ type: z.literal('input_text'), text: z.string() });

export const inputTagSchema = z.object({
  type: z.literal('input_tag'),
  id: z.string(),
  text: z.string(),
  data: jsonObjectSchema,
  group: z.string().nullish(),
  interactive: z.boolean().default(false),
});

export const userContentSchema = z.discriminatedUnion('type', [inputTextSchema, inputTagSchema]);
export type UserContent = z.infer<typeof userContentSchema>;

const sourceBase = {
  title: z.string(),
  description: z.string().nullish(),
  timestamp: z.string().nullish(),
  group: z.string().nullish(),
};

export const urlSourceSchema = z.object({
  type: z.literal('url'),
  ...sourceBase,
  url: z.string(),
  attribution: z.string().nullish(),
});
export type UrlSource = z.infer<typeof urlSourceSchema>;

export const fileSourceSchema = z.object({ type: z.literal('file'), ...sourceBase, filename: z.string() });
export type FileSource = z.infer<typeof fileSourceSchema>;

export const entitySourceSchema = z.object({
  type: z.literal('entity'),
  ...sourceBase,
  id: z.string(),
  icon: iconNameSchema.nullish(),
  label: z.string().nullish(),
  inline_label: z.string().nullish(),
  interactive: z.boolean().default(false),
  data: jsonObjectSchema.default({}),
  preview: z.literal('lazy').nullish(),
});

export const sourceSchema = z.discriminatedUnion('type', [
  urlSourceSchema,
  fileSourceSchema,
  entitySourceSchema,
]);
export type Source = z.infer<typeof sourceSchema>;

/** A reference to a source; `index` is the character position of its marker in the text. */
export const annotationSchema = z.object({
  type: z.literal('annotation').default('annotation'),
  source: sourceSchema,
  index: z.int().nullish(),
});
export type Annotation = z.infer<typeof annotationSchema>;

export const assistantContentSchema = z.object({
  type: z.literal('output_text').default('output_text'),
  text: z.string(),
  annotations: z.array(annotationSchema).default([]),
});
export type AssistantContent = z.infer<typeof assistantContentSchema>;
