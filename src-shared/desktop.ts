/** What the desktop shell's preload gives to the pages as `window.foyer`; absent in an ordinary browser. */
import { z } from 'zod';

/** A file that is being saved, as the page shows it. */
export const downloadSchema = z.strictObject({
  /** Counts from 1 in each run of Foyer. */
  id: z.int().positive(),
  /** The name that the person chose, without its folder. */
  name: z.string().min(1).max(300),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  receivedBytes: z.number().nonnegative(),
  /** 0 where nobody knows. */
  totalBytes: z.number().nonnegative(),
});
export type Download = z.infer<typeof downloadSchema>;

/** The longest text that a link can propose for a new chat, in characters. */
export const MAX_PROPOSED_TEXT = 2_000;

const openThreadSchema = z.strictObject({
  kind: z.literal('thread'),
  threadId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
});
export const newChatSchema = z.strictObject({
  kind: z.literal('new-chat'),
  text: z.string().min(1).max(MAX_PROPOSED_TEXT),
});

/** What a link from outside may ask for, after the person has seen it and agreed. Nothing is ever sent. */
export const proposalSchema = z.discriminatedUnion('kind', [openThreadSchema, newChatSchema]);
export type Proposal = z.infer<typeof proposalSchema>;

/** Frozen, and all there is. What comes from the shell is checked by the page. */
export interface DesktopApi {
  /** The one-time token of the first run; null once set-up is done. */
  setupToken(): Promise<string | null>;
  /** Told how the saving of a file goes ({@link downloadSchema}). @returns stops listening */
  onDownload(listener: (download: unknown) => void): () => void;
  /** Stops saving a file; what was written of it goes away. */
  cancelDownload(id: number): Promise<void>;
  /** Told that a link waits to be taken. @returns stops listening */
  onProposal(listener: () => void): () => void;
  /** What a link proposed and the person agreed to ({@link proposalSchema}), once; null when there is nothing. */
  takeProposal(): Promise<unknown>;
}
