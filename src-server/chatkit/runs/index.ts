/** Streaming turns that can outlive the connection they were asked for on. */
export { DEFAULT_RUN_LIMITS, type RunLimits } from './limits.ts';
export type { RunRead, RunReader } from './reader.ts';
export { type AttachResult, RunRegistry, type RunStart, type RunSummary } from './registry.ts';
export type { Run, RunState } from './run.ts';
