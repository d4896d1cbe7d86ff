/** Which addresses the window may show, and which may leave it for the system's browser. */

/** What may be handed to the operating system; everything else could start a program. */
const EXTERNAL_PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

/** True for pages of our own origin, the only ones the window ever shows. */
export function isOwnPage(address: string, ownOrigin: string): boolean {
  const url = parse(address);
  // `blob:` addresses have the origin of the page that made them, and hold whatever it put there.
  return url !== null && url.protocol !== 'blob:' && url.origin === ownOrigin;
}

/** True for what our own pages show or made themselves: what may be saved. */
export function isOwnContent(address: string, ownOrigin: string): boolean {
  return parse(address)?.origin === ownOrigin;
}

/**
 * The address to open outside, in the form that was checked, or null when it must not be opened: other protocols, and
 * names or passwords in the address, which only serve to deceive.
 */
export function externalAddress(address: string): string | null {
  const url = parse(address);
  if (url === null || !EXTERNAL_PROTOCOLS.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
