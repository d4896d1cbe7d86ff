/** What the thread for PDF is told and what it answers. */
import { z } from 'zod';

export const pdfJobSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  maxCharacters: z.number(),
  /** What unpacking may allocate. */
  budgetBytes: z.number(),
});

export const pdfResultSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('read'), text: z.string(), pages: z.int() }),
  /** No PDF that is understood, or locked. */
  z.object({ state: z.literal('unreadable') }),
  /** It unpacks to far more than any text has. */
  z.object({ state: z.literal('bomb') }),
]);

/** What became of a PDF; `timeout` and `cancelled` say nothing about the file itself. */
export type PdfResult = z.infer<typeof pdfResultSchema> | { readonly state: 'timeout' | 'cancelled' };
