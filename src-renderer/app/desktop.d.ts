import type { DesktopApi } from '../../src-shared/desktop.ts';

declare global {
  interface Window {
    /** Set by the desktop shell's preload; undefined in an ordinary browser. */
    readonly foyer?: DesktopApi;
  }
}
