/** `/v1/chat/completions` as a stream of chunks. */
import type { ServerResponse } from 'node:http';
import { answerTo, CITED, type ModelRequest, pieces, REFUSAL, THOUGHTS, type Turn } from './scenario.ts';
import { eventWriter, untilGone } from './wire.ts';

function usageOf({ line }: Turn) {
  if (line === undefined) return { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
  line.isReported = true;
  return {
    prompt_tokens: line.input,
    prompt_tokens_details: { cached_tokens: line.cached },
    completion_tokens: line.output,
    total_tokens: line.input + line.output,
  };
}

export async function streamChat(request: ModelRequest, turn: Turn, response: ServerResponse): Promise<void> {
  const { tags } = turn;
  const out = eventWriter(response, tags);
  const base = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: request.model,
  };
  const chunk = (delta: unknown, finish_reason: string | null = null) =>
    out.send({ ...base, choices: [{ index: 0, delta, finish_reason, logprobs: null }] });
  const finish = async (reason: string) => {
    await chunk({}, reason);
    if (request.stream_options?.include_usage === true)
      await out.send({ ...base, choices: [], usage: usageOf(turn) });
    await out.send('[DONE]');
    response.end();
  };

  if (tags.has('comments')) await out.raw(': processing\n\n');
  await chunk({ role: 'assistant', content: '' });
  if (tags.has('hang')) return untilGone(response);
  if (tags.has('empty')) return finish('stop');
  if (tags.has('errevent')) {
    await chunk({ content: 'Half an' });
    await out.send({ error: { message: 'the fake model broke', code: 502, type: 'server_error' } });
    response.end();
    return;
  }
  if (tags.has('refusal')) {
    for (const piece of pieces(REFUSAL)) await chunk({ refusal: piece });
    return finish('stop');
  }
  if (tags.has('reason')) await reason(tags.get('reason') ?? '', chunk);
  if (turn.calls.length > 0) {
    await callTools(turn, chunk);
    return finish('tool_calls');
  }

  const words = pieces(answerTo(turn));
  for (const [index, piece] of words.entries()) {
    if (out.gone) return;
    if (turn.line !== undefined) {
      if (turn.line.output >= turn.line.limit) return finish('length');
      turn.line.output += 1;
    }
    if (index === 4 && tags.has('cut')) {
      await out.flush();
      response.destroy();
      return;
    }
    if (index === 4 && tags.has('stall')) return untilGone(response);
    if (index === 4 && tags.has('early-end')) {
      response.end();
      return;
    }
    if (index === 4 && (tags.has('incomplete') || tags.has('fail'))) {
      return finish(tags.has('fail') ? 'content_filter' : 'length');
    }
    await chunk({ content: piece });
    await out.pause();
  }
  if (tags.has('annotations')) {
    const citation = { ...CITED, start_index: 0, end_index: 9 };
    await chunk({ annotations: [{ type: 'url_citation', url_citation: citation }] });
  }
  await finish('stop');
}

type SendDelta = (delta: unknown) => Promise<void>;

async function reason(variant: string, chunk: SendDelta): Promise<void> {
  const text = THOUGHTS.join('\n\n');
  if (variant === 'think') {
    for (const piece of ['<th', 'ink>\n', ...pieces(text), '\n</thi', 'nk>\n\n'])
      await chunk({ content: piece });
    return;
  }
  for (const piece of pieces(text)) {
    await chunk({
      ...(variant === 'reasoning' ? {} : { reasoning_content: piece }),
      ...(variant === 'reasoning' || variant === 'both' ? { reasoning: piece } : {}),
    });
  }
}

async function callTools(turn: Turn, chunk: SendDelta): Promise<void> {
  if (turn.tags.has('sloppy-tools')) {
    for (const [index, call] of turn.calls.entries()) {
      const id = index === 0 ? {} : { id: call.id };
      await chunk({
        tool_calls: [{ ...id, type: 'function', function: { name: call.name, arguments: call.args } }],
      });
    }
    return;
  }
  for (const [index, call] of turn.calls.entries()) {
    const args = JSON.stringify(call.args);
    const half = Math.ceil(args.length / 2);
    await chunk({
      tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }],
    });
    await chunk({ tool_calls: [{ index, function: { arguments: args.slice(0, half) } }] });
    await chunk({ tool_calls: [{ index, function: { arguments: args.slice(half) } }] });
  }
}
