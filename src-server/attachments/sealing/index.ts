/** Encrypted files, written and read in pieces. */

export { type SealedFiles, sealedFiles } from './sealed-files.ts';
export { DamagedFileError } from './sealed-format.ts';
export type { SealedFile } from './sealed-reader.ts';
export type { FileDraft, FinishedDraft } from './sealed-writer.ts';
