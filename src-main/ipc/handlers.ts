/** What the page may ask of the shell: every call is checked for who asks, and for what, before anything happens. */
import type { IpcMain, IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { z } from 'zod';
import type { Proposal } from '../../src-shared/desktop.ts';
import { isOwnPage } from '../security/addresses.ts';
import { CANCEL_DOWNLOAD, SETUP_TOKEN, TAKE_PROPOSAL } from './channels.ts';

export interface IpcHandlers {
  /** The one-time token of the first run, or null. */
  setupToken(): string | null;
  /** Stops saving a file. */
  cancelDownload(id: number): void;
  /** What a link proposed and the person agreed to, once. */
  takeProposal(): Proposal | null;
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

/**
 * Answers the calls of the preload, and only those. A refused call rejects in the page without saying why.
 *
 * @param ownOrigin our origin; null until the server listens
 */
export function registerIpc(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: IpcHandlers,
  ownOrigin: () => string | null,
): void {
  const register = <Args extends readonly unknown[]>(
    channel: string,
    schema: z.ZodType<Args>,
    handle: (...args: Args) => unknown,
  ) => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...sent: unknown[]) => {
      const args = schema.safeParse(sent);
      if (!args.success || !isTrustedSender(event, ownOrigin())) throw new Error('refused');
      return handle(...args.data);
    });
  };
  register(SETUP_TOKEN, z.tuple([]), () => handlers.setupToken());
  register(CANCEL_DOWNLOAD, z.tuple([z.int().positive()]), (id) => handlers.cancelDownload(id));
  register(TAKE_PROPOSAL, z.tuple([]), () => handlers.takeProposal());
}
