/** Taking one's conversations along: one as Markdown, or all of them as an archive. */
import type { RequestContext } from '../../context.ts';
import { historyArchive, threadFileName } from './archive.ts';
import type { ExportedFiles } from './files.ts';
import { threadMarkdown } from './markdown.ts';
import { type ReadableStore, visibleItems } from './reading.ts';

export type { ExportedFiles };

/** A file that is made while it is sent. */
export interface ExportedFile {
  readonly name: string;
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

export interface HistoryExport {
  /** One conversation to be read, as Markdown. @throws {NotFoundError} */
  thread(threadId: string, context: RequestContext): Promise<ExportedFile>;
  /** Everything of the caller, with the files, as a ZIP archive. */
  everything(context: RequestContext): ExportedFile;
}

/** Exports what belongs to the caller, a page at a time: as fast as it is taken, and while others are served. */
export function historyExport(
  store: ReadableStore,
  files: ExportedFiles,
  now: () => Date = () => new Date(),
): HistoryExport {
  return {
    async thread(threadId, context) {
      const thread = await store.loadThread(threadId, context);
      const items = visibleItems(store, threadId, context);
      return {
        name: `${threadFileName(thread, context.locale)}.md`,
        pieces: threadMarkdown(thread, items, { locale: context.locale, now: now() }),
      };
    },
    everything(context) {
      const at = now();
      return {
        name: `Foyer ${at.toISOString().slice(0, 10)}.zip`,
        pieces: historyArchive(store, files, context, at),
      };
    },
  };
}
