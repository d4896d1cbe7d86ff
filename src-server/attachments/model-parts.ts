/** Attachments as models take them: images made here, text as text, PDF as a file or as its text. */
import type { OpenedAttachment } from './attachments.ts';
import type { ReadPdf } from './pdf-text.ts';
import type { SealedFile } from './sealing/index.ts';

/** What a model gets; the agents room has the same form. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string }
  | { readonly type: 'file'; readonly name: string; readonly mimeType: string; readonly dataUrl: string };

/** Characters of one text that a model is given; what is longer is cut, and the model told so. */
const MAX_CHARACTERS = 100_000;
/** Bytes of a PDF that model servers take as a file; of a larger one the model gets the text. */
const MAX_FILE_BYTES = 32 * 1_048_576;

/** @param takesFiles whether the model's server understands files; otherwise a PDF becomes its text */
export async function toModelParts(
  { attachment, metadata, mimeType, file }: OpenedAttachment,
  options: { readonly takesFiles: boolean; readonly readPdf: ReadPdf },
): Promise<ModelPart[]> {
  const { name } = attachment;
  const dataUrl = async () => `data:${mimeType};base64,${(await readAll(file)).toString('base64')}`;
  try {
    switch (metadata.kind) {
      case 'image':
        return [{ type: 'image', url: await dataUrl() }];
      case 'text':
        return [describe(name, mimeType, await readText(file))];
      case 'pdf': {
        if (options.takesFiles && metadata.size <= MAX_FILE_BYTES) {
          return [{ type: 'file', name, mimeType, dataUrl: await dataUrl() }];
        }
        const read = await options.readPdf(await readAll(file), MAX_CHARACTERS);
        return [
          read === null
            ? describe(name, mimeType, null)
            : describe(name, `${mimeType}, ${read.pages} pages`, read.text),
        ];
      }
      case 'other':
        return [describe(name, mimeType, null)];
      default:
        return metadata satisfies never;
    }
  } finally {
    await file.close();
  }
}

/** For files that go to a model or a thread in one piece anyway. */
async function readAll(file: SealedFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of file.read()) pieces.push(piece);
  return Buffer.concat(pieces, file.size);
}

/** The beginning of a text: a little more than is used, so that it shows whether there is more. */
async function readText(file: SealedFile): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of file.read()) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MAX_CHARACTERS) return text;
  }
  return text + decoder.decode();
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
