/** The ChatKit server as a library: everything that another application needs; see docs/chatkit-server.md. */
export type * from '../src-shared/chatkit/index.ts';
export {
  AgentContext,
  type AgentContextOptions,
  type ClientToolCall,
  type ConverterOptions,
  ConverterHookMissingError,
  ResponseStreamConverter,
  streamAgentResponse,
  ThreadItemConverter,
} from './agents/index.ts';
export {
  accumulateText,
  type AttachmentStore,
  type ChatKitHandlers,
  ChatKitRequestError,
  type ChatKitResult,
  ChatKitServer,
  type ChatKitServerOptions,
  diffWidget,
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
  type StreamWidgetOptions,
  streamText,
  streamWidget,
  type UserMessageWrite,
  WidgetTemplate,
  WidgetTemplateError,
  type WidgetWithText,
} from './chatkit/index.ts';
export { type ChatKitEndpointOptions, chatKitEndpoint } from './http/chatkit-endpoint.ts';
export type { LiveRequest } from './http/live-requests.ts';
