import { z } from 'zod';
import type { DesktopApi } from '../../../src-shared/desktop.ts';

const tokenSchema = z.string().min(1).max(500);

/**
 * Takes the one-time token out of the address (`/setup#token=…`), so that it stays neither in the address bar nor in
 * the history of the browser.
 */
export function takeSetupToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  const token = tokenSchema.safeParse(new URLSearchParams(location.hash.slice(1)).get('token'));
  if (!token.success) return null;
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token.data;
}

/** Asks the desktop shell, where there is one, for the token. */
export async function desktopSetupToken(
  desktop: Pick<DesktopApi, 'setupToken'> | undefined,
): Promise<string | null> {
  try {
    const token = tokenSchema.safeParse(await desktop?.setupToken());
    return token.success ? token.data : null;
  } catch {
    return null;
  }
}
