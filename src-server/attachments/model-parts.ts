/** Attachments as models take them: images made here, text as text, PDF as a file or as its text, which was read when it came. */
import type { OpenedAttachment } from './attachments.ts';
import { collect } from './collect.ts';
import { MAX_FILE_BYTES, MAX_TEXT_CHARACTERS } from './model-limits.ts';
import type { SealedFile } from './sealing/index.ts';

/** What a model gets; the agents room has the same form. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string }
  | { readonly type: 'file'; readonly name: string; readonly mimeType: string; readonly dataUrl: string };

/** An attachment in the version that is for models; its file may be read or not, and the caller closes it. */
export interface ModelSource {
  readonly opened: OpenedAttachment;
  /** Opens the text of a PDF. */
  readonly openText: (file: string) => Promise<SealedFile>;
}

/** @param takesFiles whether the model's server understands files; otherwise a PDF becomes its text */
export async function toModelParts(
  { opened: { attachment, metadata, mimeType, file }, openText }: ModelSource,
  takesFiles: boolean,
): Promise<ModelPart[]> {
  const { name } = attachment;
  // To a model a file goes in one piece anyway.
  const dataUrl = async () =>
    `data:${mimeType};base64,${Buffer.from((await collect(file)).buffer).toString('base64')}`;
  switch (metadata.kind) {
    case 'image':
      return [{ type: 'image', url: await dataUrl() }];
    case 'text':
      return [describe(name, mimeType, await readText(file))];
    case 'pdf': {
      if (takesFiles && metadata.size <= MAX_FILE_BYTES) {
        return [{ type: 'file', name, mimeType, dataUrl: await dataUrl() }];
      }
      if (metadata.text === null) return [describe(name, mimeType, null)];
      const text = await readText(await openText(metadata.text.file));
      return [describe(name, `${mimeType}, ${metadata.text.pages} pages`, text)];
    }
    case 'other':
      return [describe(name, mimeType, null)];
    default:
      return metadata satisfies never;
  }
}

/** The beginning of a text: a little more than is used, so that it shows whether there is more. */
async function readText(file: SealedFile): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of file.read()) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MAX_TEXT_CHARACTERS) return text;
  }
  return text + decoder.decode();
}

/** Foreign text in a tag that it cannot close itself; null when there is nothing to read. */
function describe(name: string, what: string, content: string | null): ModelPart {
  const cut = content !== null && content.length > MAX_TEXT_CHARACTERS;
  const shown = content === null ? '(not readable here)' : content.slice(0, MAX_TEXT_CHARACTERS);
  const note = cut ? '\n(cut here: the file is longer)' : '';
  const inside = `${shown.replaceAll('</Attachment', '< /Attachment')}${note}`;
  const title = JSON.stringify(name.replaceAll(/[<>]/g, ''));
  return {
    type: 'text',
    text: `<Attachment name=${title} type="${what.replaceAll(/["<>]/g, '')}">\n${inside}\n</Attachment>`,
  };
}
