/** Attachments as models take them: images as they are, text as text, PDF as a file or as its text. */
import type { OpenedAttachment } from './attachments.ts';
import type { ReadPdf } from './pdf-text.ts';

/** What a model gets; the agents room has the same form. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string }
  | { readonly type: 'file'; readonly name: string; readonly mimeType: string; readonly dataUrl: string };

/** Characters of one text that a model is given; what is longer is cut, and the model told so. */
const MAX_CHARACTERS = 100_000;

/** @param takesFiles whether the model's server understands files; otherwise a PDF becomes its text */
export async function toModelParts(
  { attachment, kind, bytes }: OpenedAttachment,
  options: { readonly takesFiles: boolean; readonly readPdf: ReadPdf },
): Promise<ModelPart[]> {
  const { name, mime_type: mimeType } = attachment;
  const dataUrl = () => `data:${mimeType};base64,${bytes.toString('base64')}`;
  switch (kind) {
    case 'image':
      return [{ type: 'image', url: dataUrl() }];
    case 'text':
      return [describe(name, mimeType, bytes.toString('utf8'))];
    case 'pdf': {
      if (options.takesFiles) return [{ type: 'file', name, mimeType, dataUrl: dataUrl() }];
      const read = await options.readPdf(bytes, MAX_CHARACTERS);
      return [
        read === null
          ? describe(name, mimeType, null)
          : describe(name, `${mimeType}, ${read.pages} pages`, read.text),
      ];
    }
    case 'other':
      return [describe(name, mimeType, null)];
    default:
      return kind satisfies never;
  }
}

/** Foreign text in a tag that it cannot close itself; null when there is nothing to read. */
function describe(name: string, what: string, content: string | null): ModelPart {
  const cut = content !== null && content.length > MAX_CHARACTERS;
  const shown = content === null ? '(not readable here)' : content.slice(0, MAX_CHARACTERS);
  const note = cut ? '\n(cut here: the file is longer)' : '';
  const inside = `${shown.replaceAll('</Attachment', '< /Attachment')}${note}`;
  const title = JSON.stringify(name.replaceAll(/[<>]/g, ''));
  return {
    type: 'text',
    text: `<Attachment name=${title} type="${what.replaceAll(/["<>]/g, '')}">\n${inside}\n</Attachment>`,
  };
}
