import { threadMetadataSchema } from '../../src-shared/chatkit/index.ts';
import type { UserMessageWrite } from '../chatkit/index.ts';
import type { MessageRows } from './message-job.ts';
import { searchText } from './search-text.ts';

/** A message as it stands in the tables. */
export function toRows({ newThread, attachments, message }: UserMessageWrite): MessageRows {
  return {
    newThread:
      newThread === null
        ? null
        : {
            id: newThread.id,
            createdAt: newThread.created_at,
            title: newThread.title ?? null,
            body: JSON.stringify(threadMetadataSchema.parse(newThread)),
          },
    attachments: attachments.map((attachment) => ({ id: attachment.id, body: JSON.stringify(attachment) })),
    item: {
      id: message.id,
      threadId: message.thread_id,
      type: message.type,
      body: JSON.stringify(message),
      searchText: searchText(message),
    },
  };
}
