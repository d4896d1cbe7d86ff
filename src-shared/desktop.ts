/** What the desktop shell's preload gives to the pages as `window.foyer`; absent in an ordinary browser. */
export interface DesktopApi {
  /** The one-time token of the first run; null once set-up is done. */
  setupToken(): Promise<string | null>;
  /** Calls back when the page is to be locked: from the menu, or since the system is. */
  onLock(listener: () => void): void;
}
