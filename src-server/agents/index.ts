/** The agents room: turns a user message into a model run, and the run into ChatKit events. */
export { type AssistantOptions, createAssistant } from './assistant.ts';
export type { AssistantConfig, Connection } from './connection.ts';
export type { Limits } from './limits.ts';
export { warmUp } from './sdk.ts';
export { titleFrom } from './title.ts';
export { type AssistantTool, defineTool, type ToolTitle, type ToolUse } from './tools.ts';
