import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from './store.ts';

describe('store', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('tells subscribers of many soon-updates once, at the next frame', () => {
    const store = createStore(0);
    const heard = vi.fn();
    store.subscribe(heard);
    for (let i = 0; i < 500; i += 1) store.updateSoon((value) => value + 1);
    expect(store.get()).toBe(500);
    expect(store.getSnapshot()).toBe(0);
    expect(heard).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(store.getSnapshot()).toBe(500);
  });

  it('commits by timer where frames never come (hidden window)', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1);
    vi.stubGlobal('cancelAnimationFrame', () => {});
    const store = createStore('a');
    const heard = vi.fn();
    store.subscribe(heard);
    store.updateSoon(() => 'b');
    vi.advanceTimersByTime(100);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(store.getSnapshot()).toBe('b');
  });

  it('keeps the distance that it is told, which may change at any time', () => {
    let apart = 40;
    const store = createStore(0, () => apart);
    const times: number[] = [];
    store.subscribe(() => times.push(performance.now()));
    for (let at = 0; at < 800; at += 10) {
      if (at === 400) apart = 80;
      store.updateSoon((value) => value + 1);
      vi.advanceTimersByTime(10);
    }
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0)).slice(1);
    const changed = times.findIndex((time) => time >= 400 + apart);
    expect(gaps.slice(0, 5).every((gap) => gap >= 40 && gap < 70)).toBe(true);
    expect(changed).toBeGreaterThan(5);
    expect(gaps.slice(changed).every((gap) => gap >= 80)).toBe(true);
  });

  it('takes pending changes along with an immediate one and does not announce them again', () => {
    const store = createStore(1);
    const heard = vi.fn();
    store.subscribe(heard);
    store.updateSoon((value) => value + 1);
    store.update((value) => value * 10);
    expect(store.getSnapshot()).toBe(20);
    vi.runAllTimers();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('stays silent when nothing changed and after unsubscribing', () => {
    const store = createStore({ a: 1 });
    const heard = vi.fn();
    const stop = store.subscribe(heard);
    store.update((value) => value);
    expect(heard).not.toHaveBeenCalled();
    stop();
    store.update(() => ({ a: 2 }));
    expect(heard).not.toHaveBeenCalled();
  });
});
