/** The attachments room: uploads, the bytes on the disk, and what models get of them. */
export {
  type AttachmentRecord,
  type Attachments,
  type OpenedAttachment,
  openAttachments,
  TICKET_HEADER,
  type Version,
} from './attachments.ts';
export { imageWorkshop } from './images/index.ts';
export { type Expected, limitOf, tooLong } from './keeping.ts';
export { pdfReader } from './pdf/pdf-text.ts';
export { refusal } from './refusals.ts';
export { type SealedFiles, sealedFiles } from './sealing/index.ts';
export { type Clock, systemClock } from './sweeping.ts';
