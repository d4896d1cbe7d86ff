import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeOnQuit, type QuitOptions } from './quit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(close: () => Promise<void>) {
  const app = Object.assign(new EventEmitter(), {
    exits: [] as number[],
    quit: vi.fn(),
    exit: (code: number) => void app.exits.push(code),
  });
  const signals = new EventEmitter();
  closeOnQuit({
    app: app as unknown as QuitOptions['app'],
    signals: signals as unknown as QuitOptions['signals'],
    close,
    trace: () => undefined,
  });
  const askToQuit = () => {
    const event = { preventDefault: vi.fn() };
    app.emit('will-quit', event);
    expect(event.preventDefault, 'Electron has to wait').toHaveBeenCalledOnce();
  };
  return { app, signals, askToQuit };
}

it('ends only when everything is closed, and closes once', async () => {
  let closed: () => void = () => undefined;
  const close = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        closed = resolve;
      }),
  );
  const { app, askToQuit } = start(close);
  askToQuit();
  askToQuit();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(app.exits).toEqual([]);
  closed();
  await vi.advanceTimersByTimeAsync(1);
  expect(app.exits).toEqual([0]);
  expect(close).toHaveBeenCalledOnce();
});

it('does not end from within the event, however fast everything closes', async () => {
  const { app, askToQuit } = start(async () => undefined);
  askToQuit();
  await Promise.resolve().then(() => undefined);
  expect(app.exits).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(app.exits).toEqual([0]);
});

it.each([
  ['hangs', () => new Promise<void>(() => undefined)],
  ['fails', () => Promise.reject(new Error('disk full'))],
])('ends even when closing %s', async (_what, close) => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const { app, askToQuit } = start(close);
  askToQuit();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(app.exits).toEqual([0]);
  said.mockRestore();
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('quits in good order on %s', (signal) => {
  const { app, signals } = start(async () => undefined);
  signals.emit(signal);
  expect(app.quit).toHaveBeenCalledOnce();
});
