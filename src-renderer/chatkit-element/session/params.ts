/** The arguments of the public methods, as hosts pass them: checked here, since hosts are JavaScript. */
import { z } from 'zod';
import { type Attachment, actionSchema, attachmentSchema } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError } from '../errors.ts';
import { resolveContent } from '../options/resolve.ts';
import { joinTexts } from './content.ts';
import { type Draft, textDraft } from './drafts.ts';

const optionalText = z.string().optional();

const shared = {
  text: optionalText,
  content: z.array(z.unknown()).optional(),
  reply: optionalText,
  attachments: z.array(z.unknown()).optional(),
};
const sendSchema = z.object({
  ...shared,
  newThread: z.boolean().optional(),
  toolChoice: z.object({ id: z.string() }).optional(),
  model: optionalText,
});
const composerSchema = z.object({
  ...shared,
  files: z.array(z.unknown()).optional(),
  selectedToolId: z.string().nullable().optional(),
  selectedModelId: optionalText,
});
export type SendParams = z.output<typeof sendSchema>;
export type ComposerParams = z.output<typeof composerSchema>;

/** Throws ChatKitError `configuration` for anything that is not an object with the fields of the contract. */
export function readSendParams(input: unknown): SendParams {
  return read('sendUserMessage', sendSchema, input);
}

export function readComposerParams(input: unknown): ComposerParams {
  return read('setComposerValue', composerSchema, input);
}

export function readAction(input: unknown): { type: string; payload?: unknown } {
  return read('sendCustomAction', actionSchema, input);
}

function read<T extends z.ZodType>(method: string, schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ChatKitError('configuration', `${method}: ${z.prettifyError(parsed.error)}`);
}

/** Attachments that have what the protocol needs; others are left out. */
function attachmentsOf(input: SendParams['attachments']): Attachment[] {
  return (input ?? []).flatMap((value) => {
    const parsed = attachmentSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** What a call of the host puts into the composer. Content that breaks the contract counts as none. */
export function draftOf(params: SendParams | ComposerParams): Draft {
  const content = params.content === undefined ? null : resolveContent(params.content);
  return {
    content: content === null ? textDraft(params.text ?? '').content : joinTexts(content),
    attachments: attachmentsOf(params.attachments),
    reply: params.reply ?? null,
  };
}
