import { expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ ipcMain: { handle: vi.fn() } }));
const { isTrustedSender } = await import('./handlers.ts');

const own = 'http://127.0.0.1:4711';

it('answers only the top frame of our own pages', () => {
  const frame = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } as never });
  expect(isTrustedSender(frame(`${own}/setup`), own)).toBe(true);
  expect(isTrustedSender(frame(`${own}/setup`, {}), own)).toBe(false);
  expect(isTrustedSender(frame('https://evil.example/'), own)).toBe(false);
  expect(isTrustedSender(frame('about:blank'), own)).toBe(false);
  expect(isTrustedSender({ senderFrame: null }, own)).toBe(false);
  expect(isTrustedSender(frame(`${own}/setup`), null)).toBe(false);
});
