/** Which addresses from model output may become links and images. Everything else stays text. */

const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);
const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i;
const DEEPLINK = 'chatkit-link:';

export type LinkTarget =
  | { kind: 'web'; href: string }
  | { kind: 'fragment'; id: string }
  | { kind: 'deeplink'; name: string; data: Record<string, string> }
  | { kind: 'none' };

/** Classifies a link. Relative addresses mean nothing in an answer, so they are none. */
export function linkTarget(url: string | undefined): LinkTarget {
  if (url === undefined || url === '') return { kind: 'none' };
  if (url.startsWith('#')) return { kind: 'fragment', id: url.slice(1) };
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return { kind: 'none' };
  }
  if (parsed.protocol === DEEPLINK) {
    const name = `${parsed.host}${parsed.pathname}`.replace(/^\/+|\/+$/g, '');
    return { kind: 'deeplink', name: decoded(name), data: Object.fromEntries(parsed.searchParams) };
  }
  return LINK_PROTOCOLS.has(parsed.protocol) ? { kind: 'web', href: parsed.href } : { kind: 'none' };
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

export type ImageTarget = { kind: 'show'; src: string } | { kind: 'link'; href: string } | { kind: 'none' };

/**
 * Images load only from the page's own origin, from the text itself (`data:`), or from hosts that the thread allows: an
 * image address can carry out what was read. Others become a link that a person may follow.
 */
export function imageTarget(
  url: string | undefined,
  base: string,
  allowedDomains: readonly string[],
): ImageTarget {
  if (url === undefined || url === '') return { kind: 'none' };
  if (INLINE_IMAGE.test(url)) return { kind: 'show', src: url };
  let parsed: URL;
  let page: URL;
  try {
    page = new URL(base);
    parsed = new URL(url, page);
  } catch {
    return { kind: 'none' };
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return { kind: 'none' };
  const host = parsed.hostname.toLowerCase();
  const allowed = allowedDomains.some((domain) => {
    const wanted = domain.toLowerCase();
    return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`));
  });
  if (parsed.origin === page.origin || allowed) return { kind: 'show', src: parsed.href };
  return { kind: 'link', href: parsed.href };
}
