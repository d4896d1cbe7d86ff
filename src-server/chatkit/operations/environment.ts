import type { ChatKitHandlers } from '../handlers.ts';
import type { AttachmentStore, Store } from '../store.ts';

/** What operations work with. */
export interface Environment<Context> {
  readonly store: Store<Context>;
  readonly attachmentStore: AttachmentStore<Context> | null;
  readonly handlers: ChatKitHandlers<Context>;
  readonly now: () => Date;
}

/** Page size where a client names none (protocol §2.9). */
export const DEFAULT_LIMIT = 20;

/** Clients ask for thousands to get everything (protocol §2.9); more than this is answered page by page. */
export const MAX_LIMIT = 100_000;
