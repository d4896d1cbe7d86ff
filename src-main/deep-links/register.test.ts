import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, it, vi } from 'vitest';
import { listenForLinks } from './register.ts';

function start(options: { isPackaged?: boolean; platform?: NodeJS.Platform; argv?: string[] } = {}) {
  const received: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.isPackaged ?? true,
    setAsDefaultProtocolClient: vi.fn(),
  });
  listenForLinks({
    app: app as unknown as App,
    argv: options.argv ?? ['/opt/foyer'],
    execPath: 'C:\\Foyer.exe',
    platform: options.platform ?? 'linux',
    receive: (link) => received.push(link),
  });
  return { app, received };
}

it('registers only what is installed, on Windows behind the end of switches', () => {
  expect(start({ isPackaged: false }).app.setAsDefaultProtocolClient).not.toHaveBeenCalled();
  expect(start().app.setAsDefaultProtocolClient).toHaveBeenCalledExactlyOnceWith('foyer');
  expect(start({ platform: 'win32' }).app.setAsDefaultProtocolClient).toHaveBeenCalledExactlyOnceWith(
    'foyer',
    'C:\\Foyer.exe',
    ['--'],
  );
});

it('takes the link of its own start, of another start, and of macOS', () => {
  const { app, received } = start({ argv: ['/opt/foyer', 'foyer://thread/thr_1'] });
  app.emit('second-instance', {}, ['/opt/foyer', '--', 'foyer://thread/thr_2'], '/');
  const event = { preventDefault: vi.fn() };
  app.emit('open-url', event, 'foyer://thread/thr_3');
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(received).toEqual(['foyer://thread/thr_1', 'foyer://thread/thr_2', 'foyer://thread/thr_3']);
});

it('takes nothing else', () => {
  const { app, received } = start({ argv: ['/opt/foyer', '/home/ada/a.txt'] });
  app.emit('second-instance', {}, ['/opt/foyer', '--remote-debugging-port=1'], '/');
  app.emit('second-instance', {}, 'foyer://thread/thr_2', '/');
  app.emit('open-url', { preventDefault: () => undefined }, 'https://example.org/');
  app.emit('open-url', { preventDefault: () => undefined }, { toString: () => 'foyer://thread/thr_1' });
  expect(received).toEqual([]);
});
