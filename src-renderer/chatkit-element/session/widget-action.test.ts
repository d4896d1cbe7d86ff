import { describe, expect, it } from 'vitest';
import type { ActionConfig, WidgetItem } from '../../../src-shared/chatkit/index.ts';
import { runWidgetAction } from './widget-action.ts';

const item: WidgetItem = {
  type: 'widget',
  id: 'w',
  thread_id: 't',
  created_at: '2026-01-01T00:00:00Z',
  widget: { type: 'Card' },
};
const action: ActionConfig = {
  type: 'go',
  payload: { n: 1 },
  handler: 'server',
  loadingBehavior: 'auto',
  streaming: true,
};

function setup() {
  const calls: unknown[] = [];
  const session = {
    syncAction: async (...call: unknown[]) => void calls.push(['sync', ...call]),
    customAction: async (...call: unknown[]) => void calls.push(['turn', ...call]),
    get settled() {
      return Promise.resolve().then(() => void calls.push('settled'));
    },
  };
  return { calls, session };
}

describe('a widget action', () => {
  it('is a turn, and over when the turn is', async () => {
    const { calls, session } = setup();
    await runWidgetAction({ session, item, action, onAction: undefined });
    expect(calls).toEqual([['turn', { type: 'go', payload: { n: 1 } }, 'w'], 'settled']);
  });

  it('goes past the stream when it says so', async () => {
    const { calls, session } = setup();
    const { payload: _, ...bare } = action;
    await runWidgetAction({ session, item, action: { ...bare, streaming: false }, onAction: undefined });
    expect(calls).toEqual([['sync', { type: 'go' }, 'w']]);
  });

  it('goes to the page and nowhere else, and fails when the page has no handler', async () => {
    const { calls, session } = setup();
    const own: unknown[] = [];
    const client = { ...action, handler: 'client' as const };
    await runWidgetAction({
      session,
      item,
      action: client,
      onAction: async (...call) => void own.push(call),
    });
    expect(own).toEqual([
      [
        { type: 'go', payload: { n: 1 } },
        { id: 'w', widget: { type: 'Card' } },
      ],
    ]);
    const missing = runWidgetAction({ session, item, action: client, onAction: undefined });
    await expect(missing).rejects.toMatchObject({ code: 'configuration' });
    expect(calls).toEqual([]);
  });
});
