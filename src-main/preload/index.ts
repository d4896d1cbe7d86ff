/** The only bridge between the pages and the shell. Sandboxed: no Node here, and nothing that takes a channel name. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi } from '../../src-shared/desktop.ts';
import { CANCEL_DOWNLOAD, DOWNLOAD, PROPOSAL, SETUP_TOKEN, TAKE_PROPOSAL } from '../ipc/channels.ts';

/** Passes on what was said and nothing else: Electron's event would lead to the sender. */
function listen(
  channel: typeof DOWNLOAD | typeof PROPOSAL,
  listener: (message: unknown) => void,
): () => void {
  const pass = (_event: unknown, message: unknown) => listener(message);
  ipcRenderer.on(channel, pass);
  return () => void ipcRenderer.removeListener(channel, pass);
}

const api: DesktopApi = {
  async setupToken() {
    const token: unknown = await ipcRenderer.invoke(SETUP_TOKEN);
    return typeof token === 'string' ? token : null;
  },
  onDownload: (listener) => listen(DOWNLOAD, (download) => listener(download)),
  async cancelDownload(id) {
    await ipcRenderer.invoke(CANCEL_DOWNLOAD, id);
  },
  onProposal: (listener) => listen(PROPOSAL, () => listener()),
  takeProposal: () => ipcRenderer.invoke(TAKE_PROPOSAL),
};

contextBridge.exposeInMainWorld('foyer', Object.freeze(api));
