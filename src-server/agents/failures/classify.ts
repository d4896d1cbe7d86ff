/** Finds out what a failed run means, from the errors of three libraries and the network. */
import type { Sdk } from '../sdk.ts';
import { ModelProblem, type ProblemKind } from './problem.ts';

/** Why the model itself said that it stopped before its answer was complete. */
export type Stop = 'length' | 'filtered' | 'failed';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const TOO_LONG = /context.{0,20}(?:length|size|window)|maximum context|too many tokens|prompt is too long/i;

/**
 * @param stop what the model's own last word was, if it had one
 */
export function classify(error: unknown, stop: Stop | null, sdk: Sdk): ModelProblem {
  const problem = causes(error).find((cause) => cause instanceof ModelProblem);
  if (problem !== undefined) {
    return problem.kind === 'empty' && stop !== null ? new ModelProblem(kindOfStop(stop)) : problem;
  }
  if (error instanceof sdk.core.MaxTurnsExceededError) return new ModelProblem('too-many-steps');
  if (error instanceof sdk.openai.APIConnectionTimeoutError) return new ModelProblem('silent');
  if (error instanceof sdk.openai.APIConnectionError) return new ModelProblem('unreachable');
  if (error instanceof sdk.openai.APIError) return classifyAnswer(error);
  if (stop !== null) return new ModelProblem(kindOfStop(stop));
  if (causes(error).some((cause) => UNREACHABLE.has(codeOf(cause)))) return new ModelProblem('unreachable');
  if (error instanceof sdk.core.ModelBehaviorError || error instanceof SyntaxError) {
    return new ModelProblem('garbled');
  }
  return new ModelProblem('internal');
}

/** An error and what caused it, outermost first. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at instanceof Error && chain.length < 6; at = at.cause) chain.push(at);
  return chain;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function kindOfStop(stop: Stop): ProblemKind {
  return stop === 'failed' ? 'provider-error' : stop;
}

/** An error that the server reported: by its status, or inside the stream, where there is none. */
function classifyAnswer(error: InstanceType<Sdk['openai']['APIError']>): ModelProblem {
  const status: number | null = typeof error.status === 'number' ? error.status : null;
  const code = String(error.code ?? '');
  const is = (kind: ProblemKind) => new ModelProblem(kind, status);
  if (code === 'context_length_exceeded' || TOO_LONG.test(error.message)) return is('context-too-long');
  if (code === 'insufficient_quota' || status === 402) return is('quota');
  if (error.param === 'reasoning.summary') return is('summaries-refused');
  if (status === null || status >= 500) return is('provider-error');
  switch (status) {
    case 401:
      return is('key-refused');
    case 403:
      return is('forbidden');
    case 404:
      return is('model-unknown');
    case 408:
      return is('silent');
    case 413:
      return is('context-too-long');
    case 429:
      return is('rate-limited');
    default:
      return is(code === 'model_not_found' ? 'model-unknown' : 'rejected');
  }
}
