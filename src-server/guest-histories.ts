/** What guests wrote goes when they do. */
import type { Accounts } from './accounts/index.ts';
import type { Histories } from './history/index.ts';

/** How soon after a guest's last session has run out nothing of them is left. */
const GUESTS_LOOKED_AFTER_MS = 30_000;

/** What guests wrote goes with their last session. @returns stops looking after them */
export function followGuests(
  accounts: Accounts,
  histories: Histories,
  log: (line: string) => void,
): () => void {
  accounts.onStayOver(async (userId) => {
    try {
      await histories.removeStay(userId);
    } catch (error) {
      // The key is gone, so nothing can be read; the next start removes the rest.
      log(`what a guest left was not removed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  });
  const timer = setInterval(() => accounts.endStaysRunOut(), GUESTS_LOOKED_AFTER_MS).unref();
  return () => clearInterval(timer);
}
