/** Attachments: two ways to upload them, reading them, and clearing away what nobody needs (protocol §5.7, §6.2). */
import { z } from 'zod';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { type AttachmentStore, ChatKitRequestError, newId, type Store } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { imageSize } from './image-size.ts';
import { inTurn } from './in-turn.ts';
import { type ModelPart, toModelParts } from './model-parts.ts';
import type { ReadPdf } from './pdf-text.ts';
import { refusal } from './refusals.ts';
import type { SealedFiles } from './sealed-files.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { uploadTickets } from './tickets.ts';

/** The header that carries the one-time ticket of an upload. */
export const TICKET_HEADER = 'foyer-upload-ticket';

/** Where the interface has attachments. */
const PATH = '/api/attachments';
const IMAGE_ADDRESS = /^\/api\/attachments\/(atc_[0-9a-z]+)\/preview$/;

const TICKET_LIFETIME_MS = 10 * 60_000;
const HOUR_MS = 60 * 60_000;
/** An attachment that was sent with no message for so long is cleared away. */
const ORPHAN_MS = 24 * HOUR_MS;
/** A few kilobytes can hold an image that takes gigabytes to show; cameras stay below both. */
const MAX_MEGAPIXELS = 64;
const MAX_SIDE_PIXELS = 20_000;

/** What the record keeps for us; never on the wire. */
const metadataSchema = z.object({
  /** Name among the sealed files; absent until the bytes are there. */
  file: z.string().optional(),
  kind: z.enum(['image', 'pdf', 'text', 'other']).optional(),
  size: z.int(),
  created_at: z.string(),
});
type Metadata = z.infer<typeof metadataSchema>;

/** One record, and whether the thread that it was sent in is still there. */
export interface AttachmentRecord {
  readonly attachment: Attachment;
  readonly threadExists: boolean;
}

export interface AttachmentsOptions {
  readonly store: Store<RequestContext>;
  readonly files: (context: RequestContext) => SealedFiles;
  /** Every record of a person, for clearing up. */
  readonly records: (context: RequestContext) => readonly AttachmentRecord[];
  /** Where people reach Foyer, without a slash at the end; known once it listens. */
  readonly origin: () => string;
  readonly limits: { readonly bytes: number; readonly perMessage: number };
  readonly readPdf: ReadPdf;
  readonly now?: () => number;
  readonly log?: (line: string) => void;
}

/** An attachment with its bytes. */
export interface OpenedAttachment {
  readonly attachment: Attachment;
  readonly kind: Sniffed['kind'];
  readonly bytes: Buffer;
}

export function openAttachments(options: AttachmentsOptions) {
  const { store, files, limits } = options;
  const now = options.now ?? Date.now;
  const tickets = uploadTickets(TICKET_LIFETIME_MS, now);
  const swept = new Map<string, number>();
  // Records share files: between looking who needs a file and removing it, nobody may begin to.
  const exclusively = inTurn();

  const addressOf = (id: string, what: 'upload' | 'preview') => `${options.origin()}${PATH}/${id}/${what}`;

  const record = (
    id: string,
    name: string,
    sniffed: Pick<Sniffed, 'kind' | 'mimeType'>,
    metadata: Metadata,
  ): Attachment => {
    const base = { id, name: displayName(name), mime_type: sniffed.mimeType, metadata };
    return sniffed.kind === 'image'
      ? { type: 'image', ...base, preview_url: addressOf(id, 'preview') }
      : { type: 'file', ...base };
  };

  const keep = async (
    id: string,
    name: string,
    bytes: Uint8Array,
    context: RequestContext,
    threadId: string | null = null,
  ): Promise<Attachment> => {
    if (bytes.length === 0) throw refusal('empty_file', context.locale);
    const sniffed = kindOf(bytes, name, context);
    const created_at = new Date(now()).toISOString();
    return exclusively(context.userId, async () => {
      const file = await files(context).write(bytes);
      const metadata = { file, kind: sniffed.kind, size: bytes.length, created_at };
      const attachment = { ...record(id, name, sniffed, metadata), ...(threadId && { thread_id: threadId }) };
      await store.saveAttachment(attachment, context);
      return attachment;
    });
  };

  const removeBytes = async (id: string, context: RequestContext): Promise<void> => {
    await exclusively(context.userId, async () => {
      const mine = options.records(context);
      const file = fileOf(mine.find(({ attachment }) => attachment.id === id)?.attachment);
      const shared = mine.some(({ attachment }) => attachment.id !== id && fileOf(attachment) === file);
      if (file !== undefined && !shared) await files(context).remove(file);
    });
  };

  /** Clears away what was never sent, what belongs to deleted threads, and files that no record names. */
  const sweep = async (context: RequestContext): Promise<void> => {
    for (const { attachment, threadExists } of options.records(context)) {
      const metadata = metadataSchema.safeParse(attachment.metadata).data;
      // One record of somebody else must not keep the rest from being cleared away.
      if (metadata === undefined) continue;
      const sent = attachment.thread_id !== null && attachment.thread_id !== undefined;
      const orphan = sent ? !threadExists : now() - Date.parse(metadata.created_at) > ORPHAN_MS;
      if (!orphan) continue;
      await removeBytes(attachment.id, context);
      await store.deleteAttachment(attachment.id, context);
    }
    await exclusively(context.userId, async () => {
      const needed = new Set(options.records(context).map(({ attachment }) => fileOf(attachment)));
      await files(context).sweep((name) => needed.has(name), HOUR_MS);
    });
  };

  const attachmentStore: AttachmentStore<RequestContext> = {
    generateAttachmentId: () => newId('attachment'),
    async createAttachment({ name, size, mime_type }, context) {
      if (size > limits.bytes) throw refusal('too_large', context.locale, limits.bytes);
      if (size <= 0) throw refusal('empty_file', context.locale);
      sweepNowAndThen(context);
      const id = newId('attachment');
      const ticket = tickets.issue({ userId: context.userId, attachmentId: id, size });
      const kind = /^image\/(?:png|jpeg|gif|webp)$/.test(mime_type) ? 'image' : 'other';
      const created_at = new Date(now()).toISOString();
      return {
        ...record(id, name, { kind, mimeType: mime_type }, { size, created_at }),
        upload_descriptor: {
          url: addressOf(id, 'upload'),
          method: 'PUT',
          headers: { [TICKET_HEADER]: ticket },
        },
      };
    },
    deleteAttachment: removeBytes,
    async checkMessage(attachments, context) {
      if (attachments.length > limits.perMessage) {
        throw refusal('too_many_attachments', context.locale, limits.perMessage);
      }
      if (attachments.some((attachment) => fileOf(attachment) === undefined)) {
        throw refusal('upload_missing', context.locale);
      }
    },
    present: (attachment) =>
      attachment.type === 'image'
        ? { ...attachment, preview_url: addressOf(attachment.id, 'preview') }
        : attachment,
  };

  function sweepNowAndThen(context: RequestContext): void {
    if (now() - (swept.get(context.userId) ?? 0) < HOUR_MS) return;
    swept.set(context.userId, now());
    void clearUp(context);
  }

  /** {@link sweep}, which can be done again later when it fails. */
  async function clearUp(context: RequestContext): Promise<void> {
    try {
      await sweep(context);
    } catch (error) {
      options.log?.(`clearing up attachments failed: ${String(error)}`);
    }
  }

  return {
    store: attachmentStore,
    limits,

    /** Takes the bytes of a two-phase upload. @throws {ChatKitRequestError} */
    async upload(
      id: string,
      ticketSecret: string,
      bytes: Uint8Array,
      context: RequestContext,
    ): Promise<Attachment> {
      const ticket = tickets.redeem(ticketSecret, context.userId, id);
      if (ticket === null) throw refusal('ticket', context.locale);
      if (bytes.length !== ticket.size) throw refusal('wrong_size', context.locale);
      const { name } = await store.loadAttachment(id, context);
      return keep(id, name, bytes, context);
    },

    /** Takes a direct upload: name and bytes at once. @throws {ChatKitRequestError} */
    async add(name: string, bytes: Uint8Array, context: RequestContext): Promise<Attachment> {
      if (bytes.length > limits.bytes) throw refusal('too_large', context.locale, limits.bytes);
      sweepNowAndThen(context);
      return keep(newId('attachment'), name, bytes, context);
    },

    /** Keeps an image that a model made, for a thread. @returns an address on our own origin, without the origin */
    async addImage(bytes: Uint8Array, threadId: string, context: RequestContext): Promise<string> {
      const image = await keep(newId('attachment'), 'image', bytes, context, threadId);
      return `${PATH}/${image.id}/preview`;
    },

    /** What a model gets of an attachment; says so when it is gone. */
    async forModel(id: string, takesFiles: boolean, context: RequestContext): Promise<ModelPart[]> {
      try {
        return await toModelParts(await this.open(id, context), { takesFiles, readPdf: options.readPdf });
      } catch (error) {
        options.log?.(`an attachment could not be read: ${error instanceof Error ? error.name : 'unknown'}`);
        return [{ type: 'text', text: '<Attachment>\n(not available any more)\n</Attachment>' }];
      }
    },

    /** The bytes of an image that {@link addImage} kept, as an address that a model can read; null when it is gone. */
    async imageForModel(url: string, context: RequestContext): Promise<string | null> {
      const id = IMAGE_ADDRESS.exec(url)?.[1];
      if (id === undefined) return url;
      const [part] = await this.forModel(id, false, context);
      return part?.type === 'image' ? part.url : null;
    },

    /** @throws {NotFoundError} @throws {ChatKitRequestError} when the bytes never came */
    async open(id: string, context: RequestContext): Promise<OpenedAttachment> {
      const attachment = await store.loadAttachment(id, context);
      const { file, kind } = metadataOf(attachment);
      if (file === undefined || kind === undefined) throw refusal('upload_missing', context.locale);
      return { attachment, kind, bytes: await files(context).read(file) };
    },

    sweep,

    /** The store, with the attachments of a thread going when it goes. */
    withThreads: (threads: Store<RequestContext>): Store<RequestContext> => ({
      ...threads,
      async deleteThread(id, context) {
        await threads.deleteThread(id, context);
        await clearUp(context);
      },
    }),
  };
}

export type Attachments = ReturnType<typeof openAttachments>;

function metadataOf(attachment: Attachment): Metadata {
  const parsed = metadataSchema.safeParse(attachment.metadata);
  if (!parsed.success)
    throw new ChatKitRequestError(409, 'attachment_unknown', 'This attachment was not made here.');
  return parsed.data;
}

function fileOf(attachment: Attachment | undefined): string | undefined {
  return metadataSchema.safeParse(attachment?.metadata).data?.file;
}

/**
 * What bytes are. An image that does not tell its size is none.
 *
 * @throws {ChatKitRequestError} for an image that is too large to be shown
 */
function kindOf(bytes: Uint8Array, name: string, { locale }: RequestContext): Sniffed {
  const sniffed = sniff(bytes, name);
  if (sniffed.kind !== 'image') return sniffed;
  const size = imageSize(bytes, sniffed.mimeType);
  if (size === null) return { kind: 'other', mimeType: 'application/octet-stream' };
  const { width, height } = size;
  if (width * height > MAX_MEGAPIXELS * 1_000_000 || Math.max(width, height) > MAX_SIDE_PIXELS) {
    throw refusal('too_many_pixels', locale, MAX_MEGAPIXELS);
  }
  return sniffed;
}

/** A name to show: no folders, no control characters, not endless. */
function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 200);
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean;
}
