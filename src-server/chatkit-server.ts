/** The ChatKit server as a library: everything that another application needs; see docs/chatkit-server.md. */
export {
  type AttachmentStore,
  type ChatKitHandlers,
  ChatKitRequestError,
  type ChatKitResult,
  ChatKitServer,
  type ChatKitServerOptions,
  type IdKind,
  memoryStore,
  NotFoundError,
  newId,
  type PageRequest,
  type Respond,
  type RunLimits,
  type RunReader,
  RunRegistry,
  type RunState,
  type RunSummary,
  type Store,
  StreamError,
} from './chatkit/index.ts';
export { type ChatKitEndpointOptions, chatKitEndpoint } from './http/chatkit-endpoint.ts';
export type { LiveRequest } from './http/live-requests.ts';
