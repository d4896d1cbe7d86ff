/**
 * Saving files: attachments and tables of this person's own Foyer, and nothing else. Where a file goes is asked by the
 * system's own dialog each time, and what was saved is never opened.
 */
import path from 'node:path';
import type { DownloadItem, WebContents } from 'electron';
import type { Download } from '../../src-shared/desktop.ts';
import { isOwnContent, isOwnPage } from '../security/addresses.ts';
import { safeFileName } from './file-name.ts';

export interface DownloadOptions {
  /** Our origin; null until the server listens. */
  readonly ownOrigin: () => string | null;
  /** The folder that the dialog begins in. */
  readonly folder: () => string;
  /** Title of the dialog. */
  readonly title: () => string;
  /** Tells the page how it goes. */
  readonly tell: (download: Download) => void;
}

export interface Downloads {
  /** What a session asks for every download, before a byte of it is kept. */
  handle(
    event: { preventDefault(): void },
    item: DownloadItem,
    contents: Pick<WebContents, 'getURL'> | null,
  ): void;
  /** Stops saving; nothing happens when that is over already. */
  cancel(id: number): void;
}

/** A page that asks for more at once is not a person. */
const AT_ONCE = 3;

/** How often a page is told how far it is, in milliseconds. */
const TELL_MS = 200;

export function downloads({ ownOrigin, folder, title, tell }: DownloadOptions): Downloads {
  const running = new Map<number, DownloadItem>();
  /** Those that a person stopped; all others that end early have failed. */
  const cancelled = new Set<number>();
  let last = 0;

  const isOurs = (item: DownloadItem, contents: Pick<WebContents, 'getURL'> | null) => {
    const origin = ownOrigin();
    const chain = item.getURLChain();
    return (
      origin !== null &&
      contents !== null &&
      isOwnPage(contents.getURL(), origin) &&
      chain.length > 0 &&
      [...chain, item.getURL()].every((address) => isOwnContent(address, origin))
    );
  };

  return {
    handle(event, item, contents) {
      if (running.size >= AT_ONCE || !isOurs(item, contents)) {
        event.preventDefault();
        return;
      }
      last += 1;
      const id = last;
      running.set(id, item);
      const suggested = safeFileName(item.getFilename());
      item.setSaveDialogOptions({
        title: title(),
        defaultPath: path.join(folder(), suggested),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      const report = (state: Download['state']) => {
        const saved = item.getSavePath();
        tell({
          id,
          name: saved === '' ? suggested : path.basename(saved).slice(0, 300),
          state,
          receivedBytes: item.getReceivedBytes(),
          totalBytes: item.getTotalBytes(),
        });
      };
      let told = Number.NEGATIVE_INFINITY;
      item.on('updated', (_event, state) => {
        if (state === 'interrupted') {
          // Nobody would go on with it: what is half there must not look whole.
          item.cancel();
          return;
        }
        // Nothing to see before the dialog has been answered.
        if (item.getSavePath() === '' || performance.now() - told < TELL_MS) return;
        told = performance.now();
        report('running');
      });
      item.once('done', (_event, state) => {
        running.delete(id);
        const isUnseen = item.getSavePath() === '';
        if (state === 'completed') report('done');
        else if (cancelled.delete(id) || isUnseen) report('cancelled');
        else report('failed');
      });
    },
    cancel(id) {
      const item = running.get(id);
      if (item === undefined) return;
      cancelled.add(id);
      item.cancel();
    },
  };
}
