import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
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

describe('every channel', () => {
  type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
  const listeners = new Map<string, Listener>();
  let origin: string | null = null;
  const cancelled: unknown[] = [];
  registerIpc(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    {
      setupToken: () => 'token',
      cancelDownload: (id) => void cancelled.push(id),
      takeProposal: () => ({ kind: 'thread', threadId: 'thr_1' }),
    },
    () => origin,
  );
  const call = (channel: string, event: unknown, args: unknown[]) =>
    listeners.get(channel)?.(event as IpcMainInvokeEvent, ...args);

  /** Each with arguments that it takes, and with some that it does not. */
  const CHANNELS: Readonly<Record<string, { good: unknown[]; answer: unknown; bad: unknown[][] }>> = {
    'foyer:setup-token': { good: [], answer: 'token', bad: [['something'], [null]] },
    'foyer:take-proposal': { good: [], answer: { kind: 'thread', threadId: 'thr_1' }, bad: [['something']] },
    'foyer:cancel-download': {
      good: [7],
      answer: undefined,
      bad: [[], ['7'], [0], [-1], [1.5], [Number.NaN], [7, 8], [{ valueOf: () => 7 }], [null]],
    },
  };

  it('stands in this table', () => {
    expect([...listeners.keys()].sort()).toEqual(Object.keys(CHANNELS).sort());
  });

  it.each(Object.entries(CHANNELS))(
    '%s answers the top frame of our own pages alone',
    (channel, { good, answer, bad }) => {
      origin = null;
      expect(() => call(channel, frame(`${own}/`), good), 'before the server listens').toThrow('refused');
      origin = own;
      expect(call(channel, frame(`${own}/`), good)).toEqual(answer);
      const before = cancelled.length;
      for (const event of [
        frame(`${own}/`, {}),
        frame('https://evil.example/'),
        frame(`blob:${own}/8e5e`),
        frame('about:blank'),
        { senderFrame: null },
      ]) {
        expect(() => call(channel, event, good)).toThrow('refused');
      }
      for (const args of bad) expect(() => call(channel, frame(`${own}/`), args)).toThrow('refused');
      expect(cancelled).toHaveLength(before);
    },
  );
});
