/** The attachments room: uploads, the bytes on the disk, and what models get of them. */
export {
  type AttachmentRecord,
  type Attachments,
  openAttachments,
  TICKET_HEADER,
} from './attachments.ts';
export { pdfReader } from './pdf-text.ts';
export { refusal } from './refusals.ts';
export { type SealedFiles, sealedFiles } from './sealed-files.ts';
