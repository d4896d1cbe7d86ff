/** Drafts and queues as they are kept outside of the page. What comes back is checked like anything from outside. */
import { z } from 'zod';
import { attachmentSchema, type UserContent, userContentSchema } from '../../../src-shared/chatkit/index.ts';
import { joinTexts } from './content.ts';
import { type Draft, EMPTY_DRAFT, isEmptyDraft, type OutgoingMessage } from './drafts.ts';
import type { KeptEdit } from './editing.ts';
import { MAX_QUEUED } from './follow-ups.ts';

/** What is written for one thread: the message box, the queue, and a sent message that is being changed. */
export interface KeptThread {
  draft: Draft;
  queue: readonly OutgoingMessage[];
  edit: KeptEdit | null;
  /** Ids of the attachments that this element uploaded, and may take from the server again. */
  own: readonly string[];
}

const MAX_TEXT = 500_000;
const text = (limit: number) => z.string().max(limit);

const keptDraftSchema = z.object({
  content: z.array(z.unknown()).max(1_000).catch([]),
  attachments: z.array(z.unknown()).max(100).catch([]),
  reply: text(MAX_TEXT).nullable().catch(null),
});
const keptSchema = z.object({
  draft: keptDraftSchema,
  queue: z
    .array(
      z.object({
        draft: keptDraftSchema,
        tool: text(200).nullable().catch(null),
        model: text(200).nullable().catch(null),
      }),
    )
    .max(MAX_QUEUED)
    .catch([]),
  edit: z
    .object({
      item: text(200),
      draft: keptDraftSchema,
      tool: text(200).nullable().catch(null),
      model: text(200).nullable().catch(null),
    })
    .nullish()
    .catch(null),
  own: z.array(text(200)).max(2_000).catch([]),
});

/** Plain data for {@link readKept}, or null when there is nothing to keep. */
export function writeKept({ draft, queue, edit, own }: KeptThread): unknown | null {
  if (isEmptyDraft(draft) && draft.reply === null && queue.length === 0 && edit === null) return null;
  return {
    draft: plain(draft),
    queue: queue.map((message) => ({
      draft: plain(message.draft),
      tool: message.toolId,
      model: message.model,
    })),
    ...(edit === null
      ? {}
      : { edit: { item: edit.itemId, draft: plain(edit.draft), tool: edit.toolId, model: edit.model } }),
    own: [...own],
  };
}

/** The kept form of one thread; null for anything that is none. Parts that cannot be used are left out. */
export function readKept(input: unknown): KeptThread | null {
  const parsed = keptSchema.safeParse(input);
  if (!parsed.success) return null;
  const { draft, queue, edit, own } = parsed.data;
  return {
    draft: draftFrom(draft),
    queue: queue
      .map(({ draft: queued, tool, model }) => ({ draft: draftFrom(queued), toolId: tool, model }))
      .filter((message) => !isEmptyDraft(message.draft)),
    edit: edit
      ? { itemId: edit.item, draft: draftFrom(edit.draft), toolId: edit.tool, model: edit.model }
      : null,
    own,
  };
}

function plain({ content, attachments, reply }: Draft): object {
  return {
    content,
    // Where bytes were to be sent is of no use any more, and may hold a permission.
    attachments: attachments.map(({ upload_descriptor: _gone, ...attachment }) => attachment),
    reply,
  };
}

function draftFrom({ content, attachments, reply }: z.output<typeof keptDraftSchema>): Draft {
  const parts = content.flatMap((part): UserContent[] => {
    const parsed = userContentSchema.safeParse(part);
    if (!parsed.success) return [];
    return parsed.data.type === 'input_text' && parsed.data.text.length > MAX_TEXT ? [] : [parsed.data];
  });
  const files = attachments.flatMap((value) => {
    const parsed = attachmentSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  return { ...EMPTY_DRAFT, content: joinTexts(parts), attachments: files, reply };
}
