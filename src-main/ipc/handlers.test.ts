import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { SETUP_TOKEN } from './channels.ts';
import { isTrustedSender, registerIpc } from './handlers.ts';

const own = 'http://127.0.0.1:4711';
const frame = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } as never });

it('answers only the top frame of our own pages', () => {
  expect(isTrustedSender(frame(`${own}/setup`), own)).toBe(true);
  expect(isTrustedSender(frame(`${own}/setup`, {}), own)).toBe(false);
  expect(isTrustedSender(frame('https://evil.example/'), own)).toBe(false);
  expect(isTrustedSender(frame(`https://evil.example/?${own}/`), own)).toBe(false);
  expect(isTrustedSender(frame('about:blank'), own)).toBe(false);
  expect(isTrustedSender(frame(''), own)).toBe(false);
  expect(isTrustedSender({ senderFrame: null }, own)).toBe(false);
  expect(isTrustedSender(frame(`${own}/setup`), null)).toBe(false);
});

it('gives the set-up token to that frame, and to nobody else', () => {
  type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
  const listeners = new Map<string, Listener>();
  let origin: string | null = null;
  registerIpc(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    { setupToken: () => 'token' },
    () => origin,
  );
  expect([...listeners.keys()]).toEqual([SETUP_TOKEN]);
  const call = (event: unknown, ...args: unknown[]) =>
    listeners.get(SETUP_TOKEN)?.(event as IpcMainInvokeEvent, ...args);

  expect(() => call(frame(`${own}/`)), 'before the server listens').toThrow('refused');
  origin = own;
  expect(call(frame(`${own}/`))).toBe('token');
  expect(() => call(frame(`${own}/`, {})), 'a frame inside the page').toThrow('refused');
  expect(() => call(frame('https://evil.example/'))).toThrow('refused');
  expect(() => call(frame(`${own}/`), 'something'), 'arguments that nobody asked for').toThrow('refused');
});
