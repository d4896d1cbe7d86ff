/** The agents room: turns a user message into a model run, and the run into ChatKit events. */
export { type ApprovalAnswer, ToolApprovals } from './approvals/tool-approvals.ts';
export { type AssistantOptions, createAssistant } from './assistant.ts';
export {
  AgentContext,
  type AgentContextOptions,
  type ClientToolCall,
  type NestedEvent,
  type TaskInput,
  type WorkflowInput,
} from './bridge/agent-context.ts';
export {
  type ConverterOptions,
  type FunctionCall,
  ResponseStreamConverter,
  type ToolState,
} from './bridge/converter.ts';
export type { Run, RunEvent } from './bridge/run-events.ts';
export { streamAgentResponse } from './bridge/stream-agent-response.ts';
export type { Admit, AssistantConfig, Connection, TurnGrant, TurnRequest } from './connection.ts';
export type { StoreImage } from './converter.ts';
export { ModelProblem, type ProblemKind } from './failures/problem.ts';
export { refusing } from './failures/refusal.ts';
export type { ModelInput, UserPart } from './input/model-input.ts';
export type { ResponsesInputItem } from './input/responses-input.ts';
export {
  ConverterHookMissingError,
  type InputTag,
  ThreadItemConverter,
} from './input/thread-item-converter.ts';
export type { Limits } from './limits.ts';
export type { CallMeter, MeteredRequest, RequestEnd } from './provider/call-meter.ts';
export { warmUp } from './sdk.ts';
export { titleFrom } from './title.ts';
export {
  type AssistantTool,
  defineClientTool,
  defineTool,
  type ToolTitle,
  type ToolUse,
} from './tools.ts';
