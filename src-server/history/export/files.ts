import type { Attachment, ThreadItem } from '../../../src-shared/chatkit/index.ts';
import { NotFoundError } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import type { ReadableStore } from './reading.ts';

/** The bytes behind what items name. */
export interface ExportedFiles {
  /** The id of the attachment behind an image that a model made; null for an address that is not ours. */
  idOfImage(url: string): string | null;
  /** @throws when the bytes never came, are gone or damaged */
  open(attachmentId: string, context: RequestContext): Promise<OpenedFile>;
}

/** A file that was found; it has to be closed, also when nobody reads it. */
interface OpenedFile {
  read(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** What an item brings along as files. */
export async function attachmentsOf(
  item: ThreadItem,
  files: ExportedFiles,
  store: ReadableStore,
  context: RequestContext,
): Promise<readonly Attachment[]> {
  if (item.type === 'user_message') return item.attachments;
  const id = item.type === 'generated_image' && item.image ? files.idOfImage(item.image.url) : null;
  if (id === null) return [];
  try {
    return [await store.loadAttachment(id, context)];
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}

/** Where the bytes of an attachment are in an archive: under its id, since its name is what somebody called it. */
export function filePath({ id, name, mime_type }: Pick<Attachment, 'id' | 'name' | 'mime_type'>): string {
  const ofName = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0];
  const ofType = /^image\/([a-z0-9]{1,10})$/.exec(mime_type)?.[1];
  return `files/${id}${ofName?.toLowerCase() ?? (ofType === undefined ? '' : `.${ofType}`)}`;
}
