/** Runs cases of every kind. */
import { z } from 'zod';
import { type Case, caseSchema } from './cases.ts';
import { runAgentBridge } from './kinds/agent-bridge.ts';
import { runHttp, runRawSse } from './kinds/http.ts';
import {
  runModelInput,
  runValidation,
  runWidgetDiff,
  runWidgetStream,
  runWidgetTemplate,
} from './kinds/pure.ts';
import { runFlow, runTransport } from './kinds/scenarios.ts';
import { type Difference, describe } from './match.ts';
import type { StricterRule } from './stricter-rules.ts';

/** How one case went; it passed when nothing differs. */
export interface Outcome {
  readonly found: readonly Difference[];
  /** The rules by which we expected something else than the recording. */
  readonly rules: readonly StricterRule[];
}

export interface Result {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly StricterRule[];
  /** What is wrong, for people; null when the case passed. */
  readonly failure: string | null;
}

/** Reads and runs every line of a file; a line that is no case fails. */
export async function runLines(
  text: string,
  report: (result: Result) => void = () => undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const result = await runLine(line, index + 1);
    results.push(result);
    report(result);
  }
  return results;
}

async function runLine(line: string, number: number): Promise<Result> {
  let test: Case;
  try {
    test = caseSchema.parse(JSON.parse(line));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return { id: `line ${number}`, title: line.slice(0, 80), rules: [], failure: `not a case: ${why}` };
  }
  const { id, title } = test;
  try {
    const { found, rules } = await runCase(test);
    return { id, title, rules, failure: found.length === 0 ? null : describe(found) };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, title, rules: [], failure: `broke off: ${why}` };
  }
}

async function runCase(test: Case): Promise<Outcome> {
  switch (test.kind) {
    case 'http':
      return runHttp(test);
    case 'raw_sse':
      return runRawSse(test);
    case 'request_validation':
      return runValidation(test);
    case 'widget_diff':
      return runWidgetDiff(test);
    case 'widget_stream':
      return runWidgetStream(test);
    case 'widget_template':
      return runWidgetTemplate(test);
    case 'to_model_input':
      return runModelInput(test);
    case 'agent_bridge':
      return runAgentBridge(test);
    case 'transport':
      return runTransport(test);
    case 'flow':
      return runFlow(test);
    default:
      return test satisfies never;
  }
}
