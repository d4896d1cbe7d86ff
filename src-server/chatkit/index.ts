/** A ChatKit server in TypeScript; see the protocol's types in src-shared/chatkit. */
export { ChatKitRequestError, StreamError } from './errors.ts';
export type { ChatKitHandlers, Respond } from './handlers.ts';
export { newId } from './ids.ts';
export { type ChatKitResult, ChatKitServer, type ChatKitServerOptions } from './server.ts';
export {
  type AttachmentStore,
  type IdKind,
  NotFoundError,
  type PageRequest,
  type Store,
  type UserMessageWrite,
} from './store.ts';
