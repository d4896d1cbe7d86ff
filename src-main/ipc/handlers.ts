/** What the page may ask of the shell: every call is checked for who asks before anything happens. */
import { ipcMain, type WebFrameMain } from 'electron';
import { isOwnPage } from '../security/addresses.ts';
import { SETUP_TOKEN } from './channels.ts';

export interface IpcHandlers {
  /** The one-time token of the first run, or null. */
  setupToken(): string | null;
}

/** The part of Electron's event that decides whether a call is answered. */
export interface IpcSender {
  readonly senderFrame: Pick<WebFrameMain, 'url' | 'parent'> | null;
}

/** Only the top frame of one of our own pages may call. */
export function isTrustedSender(event: IpcSender, ownOrigin: string | null): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && ownOrigin !== null && isOwnPage(frame.url, ownOrigin);
}

/** @param ownOrigin our origin; null until the server listens */
export function registerIpc(handlers: IpcHandlers, ownOrigin: () => string | null): void {
  ipcMain.handle(SETUP_TOKEN, (event, ...extra: unknown[]) => {
    if (!isTrustedSender(event, ownOrigin()) || extra.length > 0) throw new Error('refused');
    return handlers.setupToken();
  });
}
