/** A ChatKit server in TypeScript; see the protocol's types in src-shared/chatkit. */
export { isTooDeep, MAX_DEPTH } from './depth.ts';
export { askQuestions, callClientTool, clientEffect, notice, progress } from './effects.ts';
export { ChatKitRequestError, StreamError } from './errors.ts';
export type { ChatKitHandlers, Respond } from './handlers.ts';
export { newId } from './ids.ts';
export { memoryStore } from './memory-store.ts';
export { type RunLimits, type RunReader, RunRegistry, type RunState, type RunSummary } from './runs/index.ts';
export { type ChatKitResult, ChatKitServer, type ChatKitServerOptions } from './server.ts';
export {
  type AttachmentStore,
  type IdKind,
  NotFoundError,
  type PageRequest,
  type RemovedItem,
  type Store,
  type UserMessageReplacement,
  type UserMessageWrite,
} from './store.ts';
export { streamText } from './stream-text.ts';
export {
  accumulateText,
  diffWidget,
  type StreamWidgetOptions,
  streamWidget,
  WidgetTemplate,
  WidgetTemplateError,
  type WidgetWithText,
  widgets,
} from './widgets/index.ts';
export { toWireAttachment } from './wire.ts';
