/** The guide's one tool: looking a question up. A real one, run by the same runner as any other. */
import { z } from 'zod';
import { defineTool } from '../tools.ts';
import { findTopics } from './search.ts';
import { TOPIC_IDS } from './topic.ts';

/** What the tool answers with, as JSON. */
export const findingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('topics'), topics: z.array(z.enum(TOPIC_IDS)).min(1) }),
  z.object({ kind: z.literal('more'), topic: z.enum(TOPIC_IDS) }),
  z.object({ kind: z.literal('hello') }),
  z.object({ kind: z.literal('thanks') }),
  z.object({ kind: z.literal('unknown') }),
]);

const TITLE = { en: 'Looking it up in the guide', fr: 'Recherche dans le guide' } as const;

export const guideTool = defineTool({
  name: 'search_guide',
  description: 'Finds the topics of the guide to Foyer that fit a question.',
  parameters: z.object({ question: z.string(), previous: z.string().nullable() }),
  title: (_args, locale) => ({ title: TITLE[locale], icon: 'book-open' }),
  run: ({ question, previous }) => JSON.stringify(findTopics(question, previous)),
});
