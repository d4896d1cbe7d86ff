/** Pieces of answers, and what is asked about the events that they become. */
import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import { memoryStore } from '../../chatkit/testing/memory-store.ts';
import { AgentContext } from '../bridge/agent-context.ts';
import { raw } from './scripted-run.ts';

export const MESSAGE = ['added assistant_message', 'added', 'text_delta', 'done', 'done assistant_message'];
export const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };
export const widget = (id: string): ThreadStreamEvent => ({
  type: 'thread.item.done',
  item: { type: 'widget', id, ...base, widget: { type: 'Card', children: [] } },
});
export const reasoning = raw({
  type: 'response.output_item.added',
  output_index: 0,
  item: { type: 'reasoning', id: 'rs' },
});
export const thought = (summary_index: number, delta: string) =>
  raw({
    type: 'response.reasoning_summary_text.delta',
    item_id: 'rs',
    output_index: 0,
    summary_index,
    delta,
  });
export const thoughtDone = (summary_index: number, text: string) =>
  raw({ type: 'response.reasoning_summary_text.done', item_id: 'rs', output_index: 0, summary_index, text });
export const finished = (events: readonly ThreadStreamEvent[]) =>
  events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));

export function contextOf(): AgentContext<null> {
  const store = memoryStore<null>();
  return new AgentContext({
    thread: { id: 'thr_1', created_at: base.created_at, status: { type: 'active' }, metadata: {} },
    store,
    requestContext: null,
  });
}
