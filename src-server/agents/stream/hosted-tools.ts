/** Tools that run on the model's side (web search, file search, code, MCP) as tasks of a workflow. */
import { z } from 'zod';
import type { Task } from '../../../src-shared/chatkit/index.ts';
import type { Locale } from '../../context.ts';
import { webAddress } from './citations.ts';

/** Longest program that is shown. */
const MAX_CODE = 4_000;

const callSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('web_search_call'),
    action: z
      .object({
        query: z.string().nullish(),
        queries: z.array(z.string()).nullish(),
        url: z.string().nullish(),
        sources: z.array(z.object({ url: z.string().optional() })).nullish(),
      })
      .nullish(),
  }),
  z.object({
    type: z.literal('file_search_call'),
    queries: z.array(z.string()).nullish(),
    results: z.array(z.object({ filename: z.string().nullish() })).nullish(),
  }),
  z.object({ type: z.literal('code_interpreter_call'), code: z.string().nullish() }),
  z.object({
    type: z.literal('mcp_call'),
    name: z.string(),
    server_label: z.string().nullish(),
    error: z.unknown().optional(),
  }),
]);

const TITLES = {
  en: { web: 'Web search', files: 'Search in files', code: 'Run a program', failed: 'This did not work.' },
  fr: {
    web: 'Recherche sur le web',
    files: 'Recherche dans les fichiers',
    code: 'Exécution d’un programme',
    failed: 'Cela n’a pas fonctionné.',
  },
} as const;

/** The task for an output item of the Responses API, or null where it is not a tool that people should see. */
export function hostedTask(item: unknown, done: boolean, locale: Locale): Task | null {
  const parsed = callSchema.safeParse(item);
  if (!parsed.success) return null;
  const call = parsed.data;
  const texts = TITLES[locale];
  const status_indicator = done ? 'complete' : 'loading';
  switch (call.type) {
    case 'web_search_call': {
      const { query, queries, url, sources } = call.action ?? {};
      const addresses = [...(sources ?? []).map((source) => source.url), url];
      const asked = queries ?? (query ? [query] : []);
      return {
        type: 'web_search',
        status_indicator,
        ...(query ? { title_query: query } : { title: texts.web }),
        queries: asked,
        sources: addresses.flatMap((address) => {
          const parsedUrl = address ? webAddress(address) : null;
          return parsedUrl === null ? [] : [{ type: 'url', url: parsedUrl.href, title: parsedUrl.hostname }];
        }),
      };
    }
    case 'file_search_call': {
      const names = new Set((call.results ?? []).flatMap(({ filename }) => (filename ? [filename] : [])));
      return {
        type: 'file',
        status_indicator,
        title: texts.files,
        sources: [...names].map((name) => ({ type: 'file', filename: name, title: name })),
      };
    }
    case 'code_interpreter_call':
      return {
        type: 'custom',
        status_indicator,
        title: texts.code,
        icon: 'square-code',
        ...(call.code ? { content: fenced(call.code) } : {}),
      };
    case 'mcp_call':
      return {
        type: 'custom',
        status_indicator,
        title: call.server_label ? `${call.server_label}: ${call.name}` : call.name,
        icon: 'cube',
        ...(call.error === null || call.error === undefined ? {} : { content: texts.failed }),
      };
  }
}

/** A Markdown code block whose fence is longer than any inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code.slice(0, MAX_CODE)}\n${fence}`;
}
