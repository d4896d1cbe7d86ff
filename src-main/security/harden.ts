/** What no page may do, whatever it contains; applied to every session and every web contents. */
import type { App, Input, Session, WebContents } from 'electron';
import type { Downloads } from '../downloads/downloads.ts';
import { isOwnPage } from './addresses.ts';

/** What our own pages may ask for; copying an answer is all they need. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export interface Hardening {
  /** Our origin; null until the server listens, when nothing may be shown yet. */
  readonly ownOrigin: () => string | null;
  /** Hands an address to the system's browser, or refuses to. */
  readonly openExternal: (address: string) => void;
  /** Decides about every download. */
  readonly download: Downloads['handle'];
  /** Whether a developer looks inside. */
  readonly devTools: boolean;
  /** Gets what happened to processes; never what they held. */
  readonly log: (line: string) => void;
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
  // A server or proxy that asks for a name and a password gets neither, and no dialog of the system's.
  app.on('login', (event, _contents, _details, _authInfo, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') hardening.log(`process gone: ${type}, ${reason} (${exitCode})`);
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
  session.on('will-download', (event, item, contents) => hardening.download(event, item, contents));
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
  if (!hardening.devTools) {
    contents.on('before-input-event', (event, input) => {
      if (opensDevTools(input)) event.preventDefault();
    });
    contents.on('devtools-opened', () => contents.closeDevTools());
  }
}

/** The keys that Chromium and its menus take for developer tools, on all systems. */
function opensDevTools({ type, key, control, meta, shift, alt }: Input): boolean {
  if (type !== 'keyDown') return false;
  if (key === 'F12') return true;
  return ((control && shift) || (meta && alt)) && ['i', 'j', 'c', 'k'].includes(key.toLowerCase());
}

function isOwn(address: string | undefined, { ownOrigin }: Hardening): boolean {
  const origin = ownOrigin();
  return address !== undefined && origin !== null && isOwnPage(address, origin);
}
