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

/** A citation of the Responses API, or of chat completions in the same flat form. */
export type Citation = z.infer<typeof citationSchema>;
export type UrlCitation = Extract<Citation, { type: 'url_citation' }>;
export type FileCitation = Extract<Citation, { type: 'file_citation' }>;
export type ContainerFileCitation = Extract<Citation, { type: 'container_file_citation' }>;

/** Null for what is no citation that people can be shown, such as `file_path`. */
export function readCitation(value: unknown): Citation | null {
  const wrapped = wrappedSchema.safeParse(value);
  const flat = wrapped.success ? { ...wrapped.data.url_citation, type: 'url_citation' } : value;
  return citationSchema.safeParse(flat).data ?? null;
}

/** Null for an address that a page may not link to. */
export function urlAnnotation({ url: given, title, end_index }: UrlCitation): Annotation | null {
  const url = webAddress(given);
  if (url === null) return null;
  // Read and written again, an address is sure to hold nothing else; a slash that this adds is taken away again.
  const address = url.href === `${given}/` ? given : url.href;
  return {
    type: 'annotation',
    source: { type: 'url', url: address, title: title?.trim() || url.hostname },
    index: end_index,
  };
}

/** Null for a file without a name: nobody could recognise it. */
export function fileAnnotation(filename: string | null | undefined, index: number): Annotation | null {
  if (!filename) return null;
  return { type: 'annotation', source: { type: 'file', filename, title: filename }, index };
}

/** Null for citations that point to nothing a person could open or recognise. */
export function toAnnotation(value: unknown): Annotation | null {
  const citation = readCitation(value);
  switch (citation?.type) {
    case 'url_citation':
      return urlAnnotation(citation);
    case 'file_citation':
      return fileAnnotation(citation.filename, citation.index);
    case 'container_file_citation':
      return fileAnnotation(citation.filename, citation.end_index);
    default:
      return null;
  }
}
