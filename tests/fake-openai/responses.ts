/** `/v1/responses` as a stream of named, numbered events. */
import type { ServerResponse } from 'node:http';
import { answerTo, CITED, type ModelRequest, pieces, REFUSAL, THOUGHTS, type Turn } from './scenario.ts';
import { eventWriter, untilGone } from './wire.ts';

function usageOf({ line }: Turn) {
  const [input, output] = line === undefined ? [11, 7] : [line.input, line.output];
  if (line !== undefined) line.isReported = true;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: line?.cached ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}

interface Output {
  /** Sends an event with its type as the name and the next sequence number. */
  event(type: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  pause(): Promise<void>;
  flush(): Promise<void>;
  readonly gone: boolean;
  /** The finished output items so far. */
  readonly items: unknown[];
}

type Ending = 'completed' | 'stopped';

export async function streamResponses(
  request: ModelRequest,
  turn: Turn,
  response: ServerResponse,
): Promise<void> {
  const { tags } = turn;
  const writer = eventWriter(response, tags);
  let sequence = 0;
  const out: Output = {
    event: (type, fields) => writer.send({ type, sequence_number: sequence++, ...fields }, type),
    pause: writer.pause,
    flush: writer.flush,
    get gone() {
      return writer.gone;
    },
    items: [],
  };
  const envelope = (status: string, extra: object = {}) => ({
    response: {
      id: 'resp_1',
      object: 'response',
      created_at: 1_700_000_000,
      model: request.model,
      status,
      error: null,
      incomplete_details: null,
      output: out.items,
      usage: status === 'in_progress' ? null : usageOf(turn),
      ...extra,
    },
  });
  const end = async (type: string, fields: Readonly<Record<string, unknown>>) => {
    await out.event(type, fields);
    response.end();
  };

  await out.event('response.created', envelope('in_progress'));
  await out.event('response.in_progress', envelope('in_progress'));
  if (tags.has('hang')) return untilGone(response);
  if (tags.has('errevent')) {
    return end('error', { code: 'server_error', message: 'the fake model broke', param: null });
  }
  if (tags.has('reason')) await reasoning(out);
  if (tags.has('hosted')) await hostedCalls(out);
  if (tags.has('mcp-ask') && turn.approvals.length === 0) await approvalRequest(out);
  else if (turn.calls.length > 0) await functionCalls(out, turn);
  else if (tags.has('refusal')) await refusal(out);
  else if (!tags.has('empty')) {
    if (tags.has('twomsg')) await message(out, turn, response, 'First, a remark.');
    if ((await message(out, turn, response, answerTo(turn))) === 'stopped') return;
  }
  if (tags.has('fail')) {
    const error = { code: 'server_error', message: 'the fake model failed' };
    return end('response.failed', envelope('failed', { error }));
  }
  if (tags.has('incomplete')) {
    const incomplete_details = { reason: 'max_output_tokens' };
    return end('response.incomplete', envelope('incomplete', { incomplete_details }));
  }
  await end('response.completed', envelope('completed'));
}

async function message(out: Output, turn: Turn, response: ServerResponse, text: string): Promise<Ending> {
  const { tags } = turn;
  const output_index = out.items.length;
  const item_id = `msg_${output_index}`;
  const at = { item_id, output_index, content_index: 0 };
  const part = (value: string, annotations: unknown[] = []) => ({
    type: 'output_text',
    text: value,
    annotations,
    logprobs: [],
  });
  const item = (status: string, content: unknown[]) => ({
    id: item_id,
    type: 'message',
    role: 'assistant',
    status,
    content,
  });
  await out.event('response.output_item.added', { output_index, item: item('in_progress', []) });
  await out.event('response.content_part.added', { ...at, part: part('') });
  for (const [index, delta] of pieces(text).entries()) {
    if (out.gone) return 'stopped';
    if (turn.line !== undefined) {
      if (turn.line.output >= turn.line.limit) break;
      turn.line.output += 1;
    }
    if (index === 4 && tags.has('cut')) {
      await out.flush();
      response.destroy();
      return 'stopped';
    }
    if (index === 4 && tags.has('stall')) {
      await untilGone(response);
      return 'stopped';
    }
    if (index === 4 && tags.has('early-end')) {
      response.end();
      return 'stopped';
    }
    if (index === 4 && (tags.has('fail') || tags.has('incomplete'))) return 'completed';
    await out.event('response.output_text.delta', { ...at, delta, logprobs: [] });
    await out.pause();
  }
  const annotations = tags.has('annotations') ? citations(text.length) : [];
  for (const [annotation_index, annotation] of annotations.entries()) {
    await out.event('response.output_text.annotation.added', { ...at, annotation_index, annotation });
  }
  await out.event('response.output_text.done', { ...at, text, logprobs: [] });
  await out.event('response.content_part.done', { ...at, part: part(text, annotations) });
  const done = item('completed', [part(text, annotations)]);
  await out.event('response.output_item.done', { output_index, item: done });
  out.items.push(done);
  return 'completed';
}

/** Two that can be shown and, between them, one that cannot. */
function citations(end: number): object[] {
  return [
    { type: 'url_citation', ...CITED, start_index: 0, end_index: 9 },
    { type: 'file_path', file_id: 'file_1', index: 3 },
    { type: 'file_citation', file_id: 'file_1', filename: 'notes.txt', index: end },
  ];
}

async function refusal(out: Output): Promise<void> {
  const at = { item_id: 'msg_r', output_index: out.items.length, content_index: 0 };
  const item = (content: unknown[]) => ({
    id: 'msg_r',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content,
  });
  await out.event('response.output_item.added', { output_index: at.output_index, item: item([]) });
  await out.event('response.content_part.added', { ...at, part: { type: 'refusal', refusal: '' } });
  for (const delta of pieces(REFUSAL)) await out.event('response.refusal.delta', { ...at, delta });
  await out.event('response.refusal.done', { ...at, refusal: REFUSAL });
  const part = { type: 'refusal', refusal: REFUSAL };
  await out.event('response.content_part.done', { ...at, part });
  await out.event('response.output_item.done', { output_index: at.output_index, item: item([part]) });
  out.items.push(item([part]));
}

async function reasoning(out: Output): Promise<void> {
  const output_index = out.items.length;
  const item = (summary: unknown[]) => ({ id: 'rs_1', type: 'reasoning', summary, encrypted_content: null });
  await out.event('response.output_item.added', { output_index, item: item([]) });
  for (const [summary_index, text] of THOUGHTS.entries()) {
    const at = { item_id: 'rs_1', output_index, summary_index };
    await out.event('response.reasoning_summary_part.added', {
      ...at,
      part: { type: 'summary_text', text: '' },
    });
    for (const delta of pieces(text))
      await out.event('response.reasoning_summary_text.delta', { ...at, delta });
    await out.event('response.reasoning_summary_text.done', { ...at, text });
    await out.event('response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } });
  }
  const done = item(THOUGHTS.map((text) => ({ type: 'summary_text', text })));
  await out.event('response.output_item.done', { output_index, item: done });
  out.items.push(done);
}

async function functionCalls(out: Output, turn: Turn): Promise<void> {
  for (const call of turn.calls) {
    const output_index = out.items.length;
    const id = `fc_${output_index}`;
    const args = JSON.stringify(call.args);
    const item = (text: string, status: string) => ({
      id,
      type: 'function_call',
      call_id: call.id,
      name: call.name,
      arguments: text,
      status,
    });
    await out.event('response.output_item.added', { output_index, item: item('', 'in_progress') });
    await out.event('response.function_call_arguments.delta', { item_id: id, output_index, delta: args });
    await out.event('response.function_call_arguments.done', { item_id: id, output_index, arguments: args });
    await out.event('response.output_item.done', { output_index, item: item(args, 'completed') });
    out.items.push(item(args, 'completed'));
  }
}

/** A tool of an MCP server that the provider does not call before somebody has allowed it. */
async function approvalRequest(out: Output): Promise<void> {
  const output_index = out.items.length;
  const item = {
    type: 'mcp_approval_request',
    id: 'mcpr_1',
    name: 'delete_book',
    server_label: 'library',
    arguments: '{"title":"Emma"}',
  };
  await out.event('response.output_item.added', { output_index, item });
  await out.event('response.output_item.done', { output_index, item });
  out.items.push(item);
}

/** What runs on the model's side: a web search, a file search, a program and a tool of an MCP server. */
async function hostedCalls(out: Output): Promise<void> {
  const search = { type: 'search', query: 'fake news', sources: [{ type: 'url', url: CITED.url }] };
  const calls: readonly (readonly [object, object])[] = [
    [{ type: 'web_search_call', id: 'ws_1' }, { action: search }],
    [
      { type: 'file_search_call', id: 'fs_1', queries: ['notes'] },
      { results: [{ file_id: 'file_1', filename: 'notes.txt', text: 'a note', score: 1 }] },
    ],
    [
      { type: 'code_interpreter_call', id: 'ci_1', container_id: 'c_1' },
      { code: 'print(6 * 7)', outputs: [{ type: 'logs', logs: '42' }] },
    ],
    [
      { type: 'mcp_call', id: 'mcp_1', name: 'lookup', server_label: 'library', arguments: '{}' },
      { output: 'found' },
    ],
  ];
  for (const [head, rest] of calls) {
    const output_index = out.items.length;
    await out.event('response.output_item.added', { output_index, item: { ...head, status: 'in_progress' } });
    const done = { ...head, ...rest, status: 'completed' };
    await out.event('response.output_item.done', { output_index, item: done });
    out.items.push(done);
  }
}
