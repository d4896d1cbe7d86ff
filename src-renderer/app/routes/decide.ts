import type { Session } from '../session/session.ts';

/** The pages of a signed-in person, by their path. */
export const PAGES = {
  '/': 'chat',
  '/account': 'account',
  '/admin': 'users',
  '/admin/settings': 'settings',
  '/admin/connections': 'connections',
  '/admin/policies': 'policies',
  '/admin/usage': 'usage',
  '/admin/sessions': 'sessions',
  '/admin/audit': 'audit',
  '/admin/storage': 'storage',
  '/admin/about': 'about',
} as const;
export type Page = (typeof PAGES)[keyof typeof PAGES];

/** What a path shows to whom. */
export type Decision =
  | { readonly kind: 'wait' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'setup' }
  | { readonly kind: 'login' }
  /** `page`: what was open when the history closed, and stays in the document behind. */
  | { readonly kind: 'open-history'; readonly page: Page }
  /** The person has to choose an own password before anything else. */
  | { readonly kind: 'new-password' }
  /** Nothing is shown, and nothing can be done, until the page has begun anew. */
  | { readonly kind: 'locking' }
  /** The address stays: after unlocking the same page is there. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'redirect'; readonly to: string };

/**
 * The guard of every route. It only decides what to show: what somebody may do is decided by the server, at every
 * request.
 */
export function decide(path: string, session: Session): Decision {
  switch (session.kind) {
    case 'loading':
      return { kind: 'wait' };
    case 'unknown':
      return { kind: 'unknown' };
    case 'setup':
      return path === '/setup' ? { kind: 'setup' } : { kind: 'redirect', to: '/setup' };
    case 'locking':
      return { kind: 'locking' };
    case 'locked':
      return { kind: 'locked' };
    case 'guest':
      return path === '/login' ? { kind: 'login' } : { kind: 'redirect', to: '/login' };
    case 'closed':
      return { kind: 'open-history', page: pageAt(path) ?? 'chat' };
    case 'signed-in': {
      if (session.user.password_is_temporary) return { kind: 'new-password' };
      if (path === '/login') return { kind: 'redirect', to: pageAt(session.landing) ? session.landing : '/' };
      const page = pageAt(path);
      const isOwn = page === 'chat' || page === 'account';
      if (page === null) return { kind: 'redirect', to: withoutSlash(path) };
      if (!isOwn && !session.user.is_admin) return { kind: 'redirect', to: '/' };
      return { kind: 'page', page };
    }
  }
}

function pageAt(path: string): Page | null {
  return isPagePath(path) ? PAGES[path] : null;
}

/** The page that is meant by an address with a slash at its end; the start where there is none. */
function withoutSlash(path: string): string {
  const shorter = path.replace(/\/$/, '');
  return pageAt(shorter) === null ? '/' : shorter;
}

function isPagePath(path: string): path is keyof typeof PAGES {
  return Object.hasOwn(PAGES, path);
}
