/** Attachments: two ways to upload them, reading them, and clearing away what nobody needs (protocol §5.7, §6.2). */
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { type AttachmentStore, ChatKitRequestError, newId, type Store } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import { IMAGE_TYPES, type ImageWorkshop } from './images/index.ts';
import { inTurn } from './in-turn.ts';
import { type Bytes, type Received, receive } from './keeping.ts';
import { filesOf, type KeptMetadata, type Metadata, metadataOf } from './metadata.ts';
import { type ModelPart, toModelParts } from './model-parts.ts';
import type { ReadPdf } from './pdf/pdf-text.ts';
import { refusal } from './refusals.ts';
import { DamagedFileError, type SealedFile, type SealedFiles } from './sealing/index.ts';
import { type Clock, startSweeper, systemClock } from './sweeping.ts';
import { uploadTickets } from './tickets.ts';

/** The header that carries the one-time ticket of an upload. */
export const TICKET_HEADER = 'foyer-upload-ticket';

/** Where the interface has attachments. */
const PATH = '/api/attachments';
const IMAGE_ADDRESS = /^\/api\/attachments\/(atc_[0-9a-z]+)\/(?:image|preview)$/;

const TICKET_LIFETIME_MS = 10 * 60_000;

/** One record, whether the thread that it was sent in is still there, and whether a draft names it. */
export interface AttachmentRecord {
  readonly attachment: Attachment;
  readonly threadExists: boolean;
  readonly inDraft: boolean;
}

/** With no files in a message, attachments are switched off. */
export interface AttachmentLimits {
  readonly bytes: number;
  readonly perMessage: number;
}

export interface AttachmentsOptions {
  readonly store: Store<RequestContext>;
  readonly files: (context: RequestContext) => SealedFiles;
  /** Every record of a person, for clearing up. */
  readonly records: (context: RequestContext) => readonly AttachmentRecord[];
  /** The people whose history is open. */
  readonly people: () => readonly Pick<RequestContext, 'userId' | 'role'>[];
  /** Where people reach Foyer, without a slash at the end; known once it listens. */
  readonly origin: () => string;
  readonly limits: AttachmentLimits;
  /** What one person may attach, where that is less. Default: the same for everybody. */
  readonly limitsFor?: (person: Pick<RequestContext, 'userId' | 'role'>) => AttachmentLimits;
  readonly readPdf: ReadPdf;
  /** Closed with the attachments. */
  readonly images: ImageWorkshop;
  readonly clock?: Clock;
  readonly log?: (line: string) => void;
}

/** The file as it was uploaded; of images also a small one to show, and one as large as models take it. */
export type Version = 'original' | 'preview' | 'image';

/** An attachment with its bytes, which have to be read or closed. */
export interface OpenedAttachment {
  readonly attachment: Attachment;
  readonly metadata: KeptMetadata;
  /** What the file is made of; of the version that was opened. */
  readonly mimeType: string;
  /** Whether this version is safe to be shown in a page. */
  readonly isMadeHere: boolean;
  readonly file: SealedFile;
}

export function openAttachments(options: AttachmentsOptions) {
  const { store, files, images } = options;
  const limitsFor = options.limitsFor ?? (() => options.limits);
  /** @throws {ChatKitRequestError} when the person may attach nothing */
  const limitsOf = (context: RequestContext): AttachmentLimits => {
    const limits = limitsFor(context);
    if (limits.perMessage === 0) throw refusal('not_allowed', context.locale);
    return limits;
  };
  const clock = options.clock ?? systemClock;
  const log = options.log ?? (() => undefined);
  const tickets = uploadTickets(TICKET_LIFETIME_MS, clock.now);
  // Records share files: between looking who needs a file and removing it, nobody may begin to.
  const exclusively = inTurn();
  const { people, records } = options;
  const sweeper = startSweeper({ store, files, records, people, clock, exclusively, log });

  const addressOf = (id: string, what: 'upload' | 'preview') => `${options.origin()}${PATH}/${id}/${what}`;

  const record = (id: string, name: string, isImage: boolean, mime_type: string, metadata: Metadata) => {
    const base = { id, name: displayName(name), mime_type, metadata };
    return isImage
      ? ({ type: 'image', ...base, preview_url: addressOf(id, 'preview') } as const)
      : ({ type: 'file', ...base } as const);
  };

  /** Files first, then the record that names them: a crash between leaves files that the next sweep removes. */
  const keep = (
    id: string,
    name: string,
    received: Received,
    context: RequestContext,
    origin: { readonly announced: true } | { readonly threadId: string | null },
  ): Promise<Attachment> =>
    exclusively(context.userId, async () => {
      // Somebody may have taken it back while its bytes came.
      if ('announced' in origin) await store.loadAttachment(id, context);
      const metadata = await received.keep(new Date(clock.now()).toISOString());
      const attachment: Attachment = {
        ...record(id, name, metadata.kind === 'image', received.mimeType, metadata),
        ...('threadId' in origin && origin.threadId !== null && { thread_id: origin.threadId }),
      };
      await store.saveAttachment(attachment, context);
      return attachment;
    }).catch(async (error: unknown) => {
      await received.discard();
      throw error;
    });

  const tools = (context: RequestContext) => ({ files: files(context), images, readPdf: options.readPdf });

  const open = async (id: string, version: Version, context: RequestContext): Promise<OpenedAttachment> => {
    const attachment = await store.loadAttachment(id, context);
    const metadata = metadataOf(attachment);
    if (metadata === null)
      throw new ChatKitRequestError(409, 'attachment_unknown', 'This attachment was not made here.');
    if (metadata.kind === 'announced') throw refusal('upload_missing', context.locale);
    const made = metadata.kind === 'image' && version !== 'original' ? metadata[version] : null;
    return {
      attachment,
      metadata,
      mimeType: made?.mimeType ?? attachment.mime_type,
      isMadeHere: made !== null,
      file: await openFile(made?.file ?? metadata.file, context),
    };
  };

  const openFile = async (name: string, context: RequestContext): Promise<SealedFile> => {
    try {
      return await files(context).open(name);
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing && !(error instanceof DamagedFileError)) throw error;
      log(`a file of attachments is ${isMissing ? 'missing' : 'damaged'}`);
      throw refusal('damaged_file', context.locale);
    }
  };

  const attachmentStore: AttachmentStore<RequestContext> = {
    generateAttachmentId: () => newId('attachment'),
    async createAttachment({ name, size, mime_type }, context) {
      const limits = limitsOf(context);
      if (size > limits.bytes) throw refusal('too_large', context.locale, limits.bytes);
      if (size <= 0) throw refusal('empty_file', context.locale);
      sweeper.nowAndThen(context);
      const id = newId('attachment');
      const ticket = tickets.issue({ userId: context.userId, attachmentId: id, size });
      const isImage = IMAGE_TYPES.some((type) => type === mime_type);
      const created_at = new Date(clock.now()).toISOString();
      return {
        ...record(id, name, isImage, mime_type, { kind: 'announced', size, created_at }),
        upload_descriptor: {
          url: addressOf(id, 'upload'),
          method: 'PUT',
          headers: { [TICKET_HEADER]: ticket },
        },
      };
    },
    deleteAttachment: sweeper.removeBytes,
    async checkMessage(attachments, context) {
      if (attachments.length === 0) return;
      const limits = limitsOf(context);
      if (attachments.length > limits.perMessage) {
        throw refusal('too_many_attachments', context.locale, limits.perMessage);
      }
      if (attachments.some((attachment) => filesOf(attachment).length === 0)) {
        throw refusal('upload_missing', context.locale);
      }
    },
    present: (attachment) =>
      attachment.type === 'image'
        ? { ...attachment, preview_url: addressOf(attachment.id, 'preview') }
        : attachment,
  };

  return {
    store: attachmentStore,
    /** Asked before any byte is read, and again when it is kept. */
    limitsFor,

    /**
     * Permission to upload what was announced. Take it before reading any byte; it works once.
     *
     * @returns how many bytes have to come, and what takes them
     * @throws {ChatKitRequestError}
     */
    redeem(id: string, ticketSecret: string, context: RequestContext) {
      const ticket = tickets.redeem(ticketSecret, context.userId, id);
      if (ticket === null) throw refusal('ticket', context.locale);
      return {
        size: ticket.size,
        /** @throws {ChatKitRequestError} */
        async upload(bytes: Bytes): Promise<Attachment> {
          limitsOf(context);
          const { name } = await store.loadAttachment(id, context);
          const received = await receive(bytes, name, { exactly: ticket.size }, tools(context), context);
          return keep(id, name, received, context, { announced: true });
        },
      };
    },

    /** Uploads that were announced can no longer begin. */
    revokeTickets: (userId: string): void => tickets.revoke(userId),

    /** Takes a direct upload: name and bytes at once. @throws {ChatKitRequestError} */
    async add(name: string, bytes: Bytes, context: RequestContext): Promise<Attachment> {
      const limits = limitsOf(context);
      sweeper.nowAndThen(context);
      const received = await receive(bytes, name, { atMost: limits.bytes }, tools(context), context);
      return keep(newId('attachment'), name, received, context, { threadId: null });
    },

    /** Keeps an image that a model made, for a thread. @returns an address on our own origin, without the origin */
    async addImage(bytes: Uint8Array, threadId: string, context: RequestContext): Promise<string> {
      const received = await receive([bytes], 'image', { atMost: bytes.length }, tools(context), context);
      const image = await keep(newId('attachment'), 'image', received, context, { threadId });
      return `${PATH}/${image.id}/image`;
    },

    /** What a model gets of an attachment; says so when it is gone. */
    async forModel(id: string, takesFiles: boolean, context: RequestContext): Promise<ModelPart[]> {
      try {
        const opened = await open(id, 'image', context);
        try {
          const openText = (file: string) => openFile(file, context);
          return await toModelParts({ opened, openText }, takesFiles);
        } finally {
          await opened.file.close();
        }
      } catch (error) {
        log(`an attachment could not be read: ${error instanceof Error ? error.name : 'unknown'}`);
        return [{ type: 'text', text: '<Attachment>\n(not available any more)\n</Attachment>' }];
      }
    },

    /** The attachment behind an address that {@link addImage} gave; null for any other address. */
    idOfImage: (url: string): string | null => IMAGE_ADDRESS.exec(url)?.[1] ?? null,

    /** The bytes of an image that {@link addImage} kept, as an address that a model can read; null when it is gone. */
    async imageForModel(url: string, context: RequestContext): Promise<string | null> {
      const id = this.idOfImage(url);
      if (id === null) return url;
      const [part] = await this.forModel(id, false, context);
      return part?.type === 'image' ? part.url : null;
    },

    /** @throws {NotFoundError} @throws {ChatKitRequestError} when the bytes never came, or are damaged */
    open,
    sweep: sweeper.sweep,

    /** The store, with the attachments of a thread going when it goes. */
    withThreads: (threads: Store<RequestContext>): Store<RequestContext> => ({
      ...threads,
      async deleteThread(id, context) {
        await threads.deleteThread(id, context);
        await sweeper.clearUp(context);
      },
    }),

    /** Ends the timer and the thread for images; waits for a sweep that is under way. */
    async close(): Promise<void> {
      await Promise.all([sweeper.stop(), images.close()]);
    },
  };
}

export type Attachments = ReturnType<typeof openAttachments>;

/** A name to show: no folders, no control characters, not endless. */
function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 200);
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean;
}
