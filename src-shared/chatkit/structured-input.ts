/** Questions that take over the composer until they are answered or skipped (protocol §4.7, §2.4). */
import { z } from 'zod';

export const structuredAnswerSchema = z.object({
  values: z.array(z.string()).default([]),
  skipped: z.boolean().default(false),
});
export type StructuredAnswer = z.infer<typeof structuredAnswerSchema>;

const questionBase = { id: z.string(), question: z.string(), answer: structuredAnswerSchema.nullish() };

export const structuredQuestionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('multiple_choice'),
    ...questionBase,
    options: z.array(z.object({ value: z.string() })),
    multiple: z.boolean().default(false),
  }),
  z.object({ type: z.literal('freeform'), ...questionBase, description: z.string().nullish() }),
]);
export type StructuredQuestion = z.infer<typeof structuredQuestionSchema>;

/** What a client submits: one answer per question id, or nothing at all when everything is skipped. */
export const structuredSubmissionSchema = z.object({
  status: z.enum(['answered', 'skipped']).default('answered'),
  answers: z.record(z.string(), structuredAnswerSchema).default({}),
});
export type StructuredSubmission = z.infer<typeof structuredSubmissionSchema>;
