/**
 * How long a page has to save what is half written, in milliseconds; then everything is locked without it. Longer than
 * the page itself takes at most (`SAVING_MS` of its lock watch): what is saved after the lock would be refused.
 */
export const PAGE_MS = 2_500;

/** The events of Electron's `powerMonitor` that say that nobody sits in front of the machine any more. */
const AWAY = ['lock-screen', 'suspend'] as const;
const BACK = ['resume', 'unlock-screen'] as const;

type Event = (typeof AWAY | typeof BACK)[number] | 'user-did-resign-active';

export interface SystemLockParts {
  readonly powerMonitor: { on(event: Event, listener: () => void): unknown };
  readonly platform: NodeJS.Platform;
  /** Whether an administrator wants it at this moment. */
  readonly isWanted: () => boolean;
  /** Asks the page to lock itself. */
  readonly lockPage: () => void;
  /** Locks every session in a browser or window, whatever the pages do. */
  readonly lockAll: () => void;
}

/**
 * Locks when the system locks its screen, sleeps, or (on a Mac) shows another person's desktop. The page is asked first,
 * so that it can save; a page that does not listen, or a machine that falls asleep before, changes nothing about the lock.
 */
export function lockWithSystem(parts: SystemLockParts): void {
  const { powerMonitor, platform, isWanted, lockPage, lockAll } = parts;
  let timer: NodeJS.Timeout | null = null;
  const finish = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    lockAll();
  };
  const away = () => {
    if (!isWanted()) return;
    lockPage();
    timer ??= setTimeout(finish, PAGE_MS);
  };
  for (const event of AWAY) powerMonitor.on(event, away);
  if (platform === 'darwin') powerMonitor.on('user-did-resign-active', away);
  // The time did not pass while the machine slept: what is still to be locked is locked before anybody sees it.
  for (const event of BACK) powerMonitor.on(event, finish);
}
