/** What no page may do, whatever it contains; applied to every session and every web contents. */
import type { App, Session, WebContents } from 'electron';
import { isOwnPage } from './addresses.ts';

/** What our own pages may ask for; copying an answer is all they need. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export interface Hardening {
  /** Our origin; null until the server listens, when nothing may be shown yet. */
  readonly ownOrigin: () => string | null;
  /** Hands an address to the system's browser, or refuses to. */
  readonly openExternal: (address: string) => void;
  /** Whether the system brings a spelling checker; Chromium's own would fetch dictionaries from the internet. */
  readonly systemSpelling: boolean;
}

/** Locks everything that Electron will create from now on. Call before Electron is ready. */
export function hardenApp(app: Pick<App, 'on'>, hardening: Hardening): void {
  app.on('session-created', (session) => hardenSession(session, hardening));
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, hardening));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
}

/** Every session denies what it is asked for, except the little that the top frame of our own pages needs. */
export function hardenSession(session: Session, hardening: Hardening): void {
  const allowed = (permission: string, address: string | undefined, isMainFrame: boolean) =>
    PERMISSIONS.has(permission) && isMainFrame && isOwn(address, hardening);
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(allowed(permission, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    allowed(permission, requestingOrigin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  if (!hardening.systemSpelling) {
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  }
}

/** A page stays on our origin, opens no window, and embeds nothing of its own making. */
export function hardenContents(contents: WebContents, hardening: Hardening): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOwn(event.url, hardening)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (!isOwn(url, hardening)) hardening.openExternal(url);
    return { action: 'deny' };
  });
}

function isOwn(address: string | undefined, { ownOrigin }: Hardening): boolean {
  const origin = ownOrigin();
  return address !== undefined && origin !== null && isOwnPage(address, origin);
}
