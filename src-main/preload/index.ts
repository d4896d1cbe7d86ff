/** The only bridge between the pages and the shell. Sandboxed: no Node here, and nothing that takes a channel name. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi } from '../../src-shared/desktop.ts';
import { LOCK, SETUP_TOKEN } from '../ipc/channels.ts';

const api: DesktopApi = {
  async setupToken() {
    const token: unknown = await ipcRenderer.invoke(SETUP_TOKEN);
    return typeof token === 'string' ? token : null;
  },
  onLock(listener) {
    // The page gets no event: it must not reach what sent it.
    ipcRenderer.on(LOCK, () => listener());
  },
};

contextBridge.exposeInMainWorld('foyer', Object.freeze(api));
