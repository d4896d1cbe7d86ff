import type { Language } from '../i18n/strings.ts';
import type { ResolvedOptions } from '../options/resolve.ts';
import type { ThreadSession } from './session.ts';

/** What the page shows, beside the threads themselves. */
export interface AppState {
  /** The newest usable options. Functions in it may be outdated: take those from `Controller.options`. */
  options: ResolvedOptions;
  /** Why the chat cannot work at all, or null. */
  problem: 'hosted' | 'invalid' | null;
  language: Language;
  view: 'chat' | 'history';
  session: ThreadSession;
  tool: string | null;
  model: string | null;
  /** Counts the requests to put the focus into the composer. */
  focusRequests: number;
}
