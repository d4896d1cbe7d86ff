/** Conversations as JSON: for programs, with everything that a person could see of them. */
import type { Attachment, ThreadItem, ThreadMetadata } from '../../../src-shared/chatkit/index.ts';
import { filePath } from './files.ts';

/** Names the form, so that whoever reads it knows what to expect. */
const FORMAT = { format: 'foyer.conversation', version: 1 } as const;

/** A conversation, in pieces of which each holds an item at most. */
export async function* threadJson(
  { id, title, created_at, status }: ThreadMetadata,
  items: AsyncIterable<ThreadItem>,
  attachmentsIn: (item: ThreadItem) => Promise<readonly Attachment[]>,
): AsyncGenerator<string> {
  const head = JSON.stringify({ ...FORMAT, thread: { id, title: title ?? null, created_at, status } });
  yield `${head.slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const item of items) {
    yield `${separator}${JSON.stringify(exported(item, await attachmentsIn(item)))}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

function exported(item: ThreadItem, attachments: readonly Attachment[]): unknown {
  if (item.type === 'user_message') return { ...item, attachments: attachments.map(exportedFile) };
  const [image] = attachments;
  return image === undefined ? item : { ...item, file: filePath(image) };
}

/** Without what is the server's own of it: where it was uploaded to, and how it is kept. */
function exportedFile(attachment: Attachment): unknown {
  const { id, name, mime_type, type } = attachment;
  return { id, name, mime_type, type, file: filePath(attachment) };
}
