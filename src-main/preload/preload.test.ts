import { beforeAll, expect, it, vi } from 'vitest';
import type { DesktopApi } from '../../src-shared/desktop.ts';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listeners: new Map<string, (event: unknown, message: unknown) => void>(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void electron.exposed.set(name, api) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => {
      electron.invoked.push(args);
      return 'answer';
    },
    on: (channel: string, listener: (event: unknown, message: unknown) => void) =>
      void electron.listeners.set(channel, listener),
    removeListener: (channel: string) => void electron.listeners.delete(channel),
  },
}));

let api: DesktopApi;
beforeAll(async () => {
  await import('./index.ts');
  api = electron.exposed.get('foyer') as DesktopApi;
});

it('gives one frozen object with exactly these names', () => {
  expect([...electron.exposed.keys()]).toEqual(['foyer']);
  expect(Object.isFrozen(api)).toBe(true);
  expect(Reflect.ownKeys(api)).toEqual([
    'setupToken',
    'onDownload',
    'cancelDownload',
    'onProposal',
    'takeProposal',
    'onLock',
  ]);
});

it('has no way to name a channel: each function has its own, and passes what it takes alone', async () => {
  const call = api as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  await call.setupToken!('foyer:other', 1);
  await call.cancelDownload!(7, 'more');
  await call.takeProposal!('foyer:other');
  expect(electron.invoked).toEqual([
    ['foyer:setup-token'],
    ['foyer:cancel-download', 7],
    ['foyer:take-proposal'],
  ]);
});

it('passes on what was said without Electron’s event, and stops', () => {
  const heard: unknown[][] = [];
  const stopDownloads = api.onDownload((...said) => heard.push(said));
  const stopProposals = api.onProposal((...said: unknown[]) => heard.push(said));
  const stopLocks = api.onLock((...said: unknown[]) => heard.push(said));
  electron.listeners.get('foyer:download')?.({ sender: 'secret' }, { id: 1 });
  electron.listeners.get('foyer:proposal')?.({ sender: 'secret' }, 'text');
  electron.listeners.get('foyer:lock')?.({ sender: 'secret' }, 'text');
  expect(heard).toEqual([[{ id: 1 }], [], []]);
  stopLocks();
  stopDownloads();
  stopProposals();
  expect(electron.listeners.size).toBe(0);
});
