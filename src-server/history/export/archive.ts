/** Everything of a person's history as one ZIP archive, made while it is sent. */
import type { Attachment, ThreadItem, ThreadMetadata } from '../../../src-shared/chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { attachmentsOf, type ExportedFiles, filePath } from './files.ts';
import { threadJson } from './json.ts';
import { threadMarkdown } from './markdown.ts';
import { allThreads, type ReadableStore, visibleItems } from './reading.ts';
import { wordsIn } from './words.ts';

interface Entry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: AsyncGenerator<Uint8Array>;
}

/**
 * All conversations, each as Markdown and as JSON, and all files in them. A file that cannot be read is left out and
 * named in the archive. No more than one page of items and one piece of a file is in memory at a time.
 */
export async function* historyArchive(
  store: ReadableStore,
  files: ExportedFiles,
  context: RequestContext,
  now: Date,
): AsyncGenerator<Uint8Array> {
  // Only here: no start waits for it.
  const { makeZip } = await import('client-zip');
  yield* makeZip(ending(entries(store, files, context, now)));
}

async function* entries(
  store: ReadableStore,
  files: ExportedFiles,
  context: RequestContext,
  now: Date,
): AsyncGenerator<Entry> {
  const words = wordsIn(context.locale);
  const text = (
    name: string,
    lastModified: Date,
    pieces: Iterable<string> | AsyncIterable<string>,
  ): Entry => ({
    name,
    lastModified,
    input: encoded(pieces),
  });
  yield text('README.txt', now, [`${words.about.join('\n')}\n`]);

  const done = new Set<string>();
  const missing: string[] = [];
  for await (const thread of allThreads(store, context)) {
    const named = `conversations/${threadFileName(thread, context.locale)}`;
    const found = new Map<string, Attachment>();
    const attachmentsIn = async (item: ThreadItem) => {
      const attachments = await attachmentsOf(item, files, store, context);
      for (const attachment of attachments) found.set(attachment.id, attachment);
      return attachments;
    };
    const linksOf = async (item: ThreadItem) =>
      (await attachmentsIn(item)).map((each) => ({ name: each.name, path: `../${filePath(each)}` }));
    const items = () => visibleItems(store, thread.id, context);
    const made = timeOf(thread.created_at, now);
    const markdown = threadMarkdown(thread, items(), { locale: context.locale, now, linksOf });
    yield text(`${named}.md`, made, markdown);
    yield text(`${named}.json`, made, threadJson(thread, items(), attachmentsIn));
    for (const attachment of found.values()) {
      if (done.has(attachment.id)) continue;
      done.add(attachment.id);
      const path = filePath(attachment);
      const lost = () => missing.push(`${path} (${attachment.name})`);
      const file = await files.open(attachment.id, context).catch(() => null);
      if (file === null) {
        lost();
        continue;
      }
      try {
        yield { name: path, lastModified: made, input: whole(file.read(), lost, context.signal) };
      } finally {
        await file.close();
      }
    }
  }
  if (missing.length > 0) yield text('MISSING.txt', now, [`${words.missing}\n\n${missing.join('\n')}\n`]);
}

/** What a conversation is called as a file: when it began and its title, told apart by the end of its id. */
export function threadFileName(thread: ThreadMetadata, locale: RequestContext['locale']): string {
  const readable = (thread.title ?? '')
    .replaceAll(/[^\p{L}\p{M}\p{N} ,;_'’-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ');
  const title = [...readable.trim()].slice(0, 60).join('').trim();
  const day = thread.created_at.slice(0, 10).replaceAll(/[^\d-]/g, '');
  return `${day} ${title || wordsIn(locale).untitled} (${thread.id.slice(-8)})`;
}

function timeOf(timestamp: string, otherwise: Date): Date {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? otherwise : date;
}

/** Characters that are sent together: each piece of an archive costs the same, however small it is. */
const TOGETHER = 16 * 1024;

async function* encoded(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < TOGETHER) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** What can be read of a file. A file that turns out to be damaged does not spoil what comes after it. */
async function* whole(
  bytes: AsyncIterable<Uint8Array>,
  lost: () => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    signal.throwIfAborted();
    lost();
  }
}

/** That nobody wants more is thrown into what an archive is made of; here it is no error, and everything is closed. */
function ending(all: AsyncGenerator<Entry>): AsyncIterable<Entry> {
  const iterator = { next: () => all.next(), throw: () => all.return(undefined) };
  return { [Symbol.asyncIterator]: () => iterator };
}
