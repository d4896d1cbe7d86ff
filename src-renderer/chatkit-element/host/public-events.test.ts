import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPublicEvents, LISTENER_GRACE_MS } from './public-events.ts';

describe('public events', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function setup() {
    const target = new EventTarget();
    const events = createPublicEvents(target);
    const heard: [string, unknown][] = [];
    const listen = (type: string) => {
      target.addEventListener(type, (event) => {
        if (event instanceof CustomEvent) heard.push([type, event.detail]);
      });
      events.listenerAdded(type);
    };
    return { events, heard, listen };
  }

  it('keeps events until the whole batch of first listeners is attached, then delivers them in order', async () => {
    const { events, heard, listen } = setup();
    events.emit('chatkit.ready');
    events.emit('chatkit.thread.change', { threadId: 'thr_1' });
    listen('chatkit.thread.change');
    listen('chatkit.ready');
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([
      ['chatkit.ready', null],
      ['chatkit.thread.change', { threadId: 'thr_1' }],
    ]);
  });

  it('keeps the order for what is emitted between the first listener and its microtask', async () => {
    const { events, heard, listen } = setup();
    events.emit('chatkit.ready');
    listen('chatkit.ready');
    listen('chatkit.response.start');
    events.emit('chatkit.response.start');
    await Promise.resolve();
    expect(heard.map(([name]) => name)).toEqual(['chatkit.ready', 'chatkit.response.start']);
  });

  it('delivers at once afterwards, each event exactly once', async () => {
    const { events, heard, listen } = setup();
    listen('chatkit.tool.change');
    await Promise.resolve();
    events.emit('chatkit.tool.change', { toolId: null });
    vi.advanceTimersByTime(LISTENER_GRACE_MS * 2);
    expect(heard).toEqual([['chatkit.tool.change', { toolId: null }]]);
  });

  it('does not take a listener for something else as a sign', async () => {
    const { events, heard, listen } = setup();
    events.emit('chatkit.ready');
    listen('click');
    await Promise.resolve();
    listen('chatkit.ready');
    await Promise.resolve();
    expect(heard).toHaveLength(1);
  });

  it('lets go after the grace period where nobody listens', () => {
    const { events, heard, listen } = setup();
    events.emit('chatkit.ready');
    vi.advanceTimersByTime(LISTENER_GRACE_MS);
    listen('chatkit.ready');
    expect(heard).toEqual([]);
  });
});
