/** The only bridge between the pages and the shell. Sandboxed: no Node here, and nothing that takes a channel name. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi } from '../../src-shared/desktop.ts';
import { SETUP_TOKEN } from '../ipc/channels.ts';

const api: DesktopApi = {
  async setupToken() {
    const token: unknown = await ipcRenderer.invoke(SETUP_TOKEN);
    return typeof token === 'string' ? token : null;
  },
};

contextBridge.exposeInMainWorld('foyer', Object.freeze(api));
