/** What the desktop shell's preload gives to the pages as `window.foyer`; absent in an ordinary browser. */
export interface DesktopApi {
  /** The one-time token of the first run; null once set-up is done. */
  setupToken(): Promise<string | null>;
}
