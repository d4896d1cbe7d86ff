/** Where the person's conversations are as files: links, so that browsers and windows save them as they do. */

/** All of them, with their files. */
export const HISTORY_ARCHIVE = '/api/export';

/** One of them, to be read. */
export function threadFileAddress(threadId: string): string {
  return `${HISTORY_ARCHIVE}/threads/${encodeURIComponent(threadId)}`;
}
