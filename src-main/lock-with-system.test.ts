import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lockWithSystem, PAGE_MS } from './lock-with-system.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(options: { platform?: NodeJS.Platform; isWanted?: boolean } = {}) {
  const powerMonitor = new EventEmitter();
  const [lockPage, lockAll] = [vi.fn(), vi.fn()];
  lockWithSystem({
    powerMonitor,
    platform: options.platform ?? 'linux',
    isWanted: () => options.isWanted ?? true,
    lockPage,
    lockAll,
  });
  return { powerMonitor, lockPage, lockAll };
}

it.each(['lock-screen', 'suspend'])('on %s it asks the page, then locks everything without it', (event) => {
  const { powerMonitor, lockPage, lockAll } = start();
  powerMonitor.emit(event);
  expect(lockPage).toHaveBeenCalledOnce();
  expect(lockAll).not.toHaveBeenCalled();
  vi.advanceTimersByTime(PAGE_MS);
  expect(lockAll).toHaveBeenCalledOnce();
});

it.each(['resume', 'unlock-screen'])('a machine that slept meanwhile locks on %s at once', (event) => {
  const { powerMonitor, lockAll } = start();
  powerMonitor.emit('suspend');
  powerMonitor.emit(event);
  expect(lockAll).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(PAGE_MS);
  powerMonitor.emit(event);
  expect(lockAll, 'and once').toHaveBeenCalledOnce();
});

it('locks for fast user switching, which only a Mac tells', () => {
  for (const [platform, times] of [
    ['darwin', 1],
    ['win32', 0],
  ] as const) {
    const { powerMonitor, lockPage } = start({ platform });
    powerMonitor.emit('user-did-resign-active');
    expect(lockPage).toHaveBeenCalledTimes(times);
  }
});

it('locks once for two events at once', () => {
  const { powerMonitor, lockAll } = start();
  powerMonitor.emit('lock-screen');
  powerMonitor.emit('suspend');
  vi.advanceTimersByTime(PAGE_MS * 2);
  expect(lockAll).toHaveBeenCalledOnce();
});

it('does nothing where an administrator does not want it', () => {
  const { powerMonitor, lockPage, lockAll } = start({ isWanted: false });
  powerMonitor.emit('lock-screen');
  vi.advanceTimersByTime(PAGE_MS);
  expect([lockPage.mock.calls, lockAll.mock.calls]).toEqual([[], []]);
});
