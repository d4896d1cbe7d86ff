/**
 * A model server for measuring: speaks the Responses API and sends pieces of text at a steady pace, each of them the
 * moment of its sending in nanoseconds of the machine's monotonic clock. `--pace MS --pieces N`.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { pace: { type: 'string', default: '20' }, pieces: { type: 'string', default: '500' } },
});
const pace = Number(values.pace);
const pieces = Number(values.pieces);

const server = http.createServer((request, response) => {
  request.resume();
  request.once('end', () => void answer(response));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});

async function answer(response: http.ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const send = (event: { type: string } & Record<string, unknown>) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const item = { type: 'message', id: 'msg_1', role: 'assistant' };
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [] });
  send({ type: 'response.created', response: { id: 'resp_1', output: [] } });
  send({ type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } });
  send({ type: 'response.content_part.added', ...at, part: part('') });
  let text = '';
  const started = performance.now();
  for (let index = 0; index < pieces && !response.destroyed; index += 1) {
    const wait = started + index * pace - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const delta = `${process.hrtime.bigint()} `;
    text += delta;
    send({ type: 'response.output_text.delta', ...at, delta });
  }
  send({ type: 'response.output_text.done', ...at, text });
  send({ type: 'response.content_part.done', ...at, part: part(text) });
  const done = { ...item, status: 'completed', content: [part(text)] };
  send({ type: 'response.output_item.done', output_index: 0, item: done });
  const usage = {
    input_tokens: 1,
    output_tokens: pieces,
    total_tokens: pieces + 1,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  send({
    type: 'response.completed',
    response: { id: 'resp_1', status: 'completed', output: [done], usage },
  });
  response.end();
}
