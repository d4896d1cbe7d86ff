/**
 * The offline guide: answers when no model is connected. It implements the SDK's model interface, so that it goes
 * through the same runner, tools and events as a real model, and never passes for one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentInputItem, Model, ModelRequest, StreamEvent } from '@openai/agents-core';
import type { Locale } from '../../context.ts';
import { writeAnswer } from './answer.ts';
import { type Finding, languageOf } from './search.ts';
import { findingSchema, guideTool } from './tool.ts';

export interface GuideModel extends Model {
  readonly name: string;
}

/** Words that are sent at once. */
const WORDS = 3;

type Response = Extract<StreamEvent, { type: 'response_done' }>['response'];

/**
 * @param options.locale used when the question does not tell its language
 * @param options.paceMs milliseconds between two groups of words
 */
export function guideModel(options: { locale: Locale; paceMs: number }): GuideModel {
  async function* stream(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    yield { type: 'response_started' };
    const { question, previous, result } = readConversation(request.input);
    if (result === null) {
      const args = JSON.stringify({ question, previous });
      yield done([
        {
          type: 'function_call',
          callId: 'guide',
          name: guideTool.name,
          arguments: args,
          status: 'completed',
        },
      ]);
      return;
    }
    const text = writeAnswer(readFinding(result), languageOf(question, options.locale));
    for (const delta of groups(text)) {
      yield { type: 'output_text_delta', delta };
      if (options.paceMs > 0) await sleep(options.paceMs, undefined, pauseOptions(request.signal));
    }
    yield done([
      { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] },
    ]);
  }

  return {
    name: 'foyer-offline-guide',
    getStreamedResponse: stream,
    async getResponse(request) {
      for await (const event of stream(request)) {
        if (event.type === 'response_done') {
          const { Usage } = await import('@openai/agents-core');
          return { usage: new Usage(NO_USAGE), output: event.response.output };
        }
      }
      throw new Error('the guide ended without an answer');
    },
  };
}

function pauseOptions(signal: AbortSignal | undefined): { signal: AbortSignal } | undefined {
  return signal === undefined ? undefined : { signal };
}

/** Nothing is counted: no model was asked. */
const NO_USAGE = { requests: 0, inputTokens: 0, outputTokens: 0, totalTokens: 0 };

function done(output: Response['output']): { type: 'response_done'; response: Response } {
  return { type: 'response_done', response: { id: 'guide', usage: NO_USAGE, output } };
}

function groups(text: string): string[] {
  const words = text.match(/\S+\s*/g) ?? [];
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += WORDS) joined.push(words.slice(at, at + WORDS).join(''));
  return joined;
}

function readFinding(result: string): Finding {
  try {
    return findingSchema.parse(JSON.parse(result));
  } catch {
    return { kind: 'unknown' };
  }
}

/** The newest question, the one before it, and what the tool found for the newest, if it was asked already. */
function readConversation(input: string | AgentInputItem[]): {
  question: string;
  previous: string | null;
  result: string | null;
} {
  if (typeof input === 'string') return { question: input, previous: null, result: null };
  const asked = input.flatMap((item) =>
    'role' in item && item.role === 'user' ? typedTexts(item.content) : [],
  );
  const newest = input.findLastIndex((item) => 'role' in item && item.role === 'user');
  const found = input.slice(newest + 1).findLast((item) => item.type === 'function_call_result');
  return {
    question: asked.at(-1) ?? '',
    previous: asked.at(-2) ?? null,
    result: found === undefined ? null : outputText(found.output),
  };
}

/** What the person typed; context around it stands in tags such as `<QuotedText>`. */
function typedTexts(content: string | readonly { readonly type: string }[]): string[] {
  const texts =
    typeof content === 'string'
      ? [content]
      : content.flatMap((part) => ('text' in part && typeof part.text === 'string' ? [part.text] : []));
  return texts.filter((text) => !/^<[A-Z]\w*>/.test(text));
}

function outputText(output: unknown): string {
  if (typeof output === 'string') return output;
  const isText = typeof output === 'object' && output !== null && 'text' in output;
  return isText && typeof output.text === 'string' ? output.text : '';
}
