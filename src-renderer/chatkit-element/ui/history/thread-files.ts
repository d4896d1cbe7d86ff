/** The element's own option `export`: a conversation as a file of the host. */
export interface ThreadFiles {
  /** Where the file is: an address of the web, also a relative one. */
  addressOf(threadId: string): string;
}

/** Where a conversation can be had as a file; null where the host says nothing that a link may lead to. */
export function fileAddress(files: ThreadFiles | undefined, threadId: string): string | null {
  if (files === undefined) return null;
  try {
    const url = new URL(files.addressOf(threadId), document.baseURI);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
