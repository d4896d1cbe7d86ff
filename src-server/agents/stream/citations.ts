/** Citations of a model as annotations (protocol §8.1, table of citations). */
import { z } from 'zod';
import type { Annotation } from '../../../src-shared/chatkit/index.ts';

const position = z.int().min(0);

const citationSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('url_citation'),
    url: z.string(),
    title: z.string().nullish(),
    end_index: position,
  }),
  z.object({ type: z.literal('file_citation'), filename: z.string().nullish(), index: position }),
  z.object({
    type: z.literal('container_file_citation'),
    filename: z.string().nullish(),
    end_index: position,
  }),
]);

/** Chat completions wrap what the Responses API has flat. */
const wrappedSchema = z.object({ type: z.literal('url_citation'), url_citation: z.looseObject({}) });

/** An address that a page may link to, or null. */
export function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

/** Null for citations that point to nothing a person could open or recognise. */
export function toAnnotation(citation: unknown): Annotation | null {
  const wrapped = wrappedSchema.safeParse(citation);
  const flat = wrapped.success ? { ...wrapped.data.url_citation, type: 'url_citation' } : citation;
  const parsed = citationSchema.safeParse(flat);
  if (!parsed.success) return null;
  const found = parsed.data;
  if (found.type === 'url_citation') {
    const url = webAddress(found.url);
    if (url === null) return null;
    const title = found.title?.trim() || url.hostname;
    return { type: 'annotation', source: { type: 'url', url: url.href, title }, index: found.end_index };
  }
  if (!found.filename) return null;
  return {
    type: 'annotation',
    source: { type: 'file', filename: found.filename, title: found.filename },
    index: found.type === 'file_citation' ? found.index : found.end_index,
  };
}
