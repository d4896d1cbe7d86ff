/** What no page may do, whatever it contains; applied to every session and every web contents. */
import { app, type Session, type WebContents } from 'electron';
import { isOwnPage } from './addresses.ts';
import { openExternal } from './open-external.ts';

/** What our own pages may ask for; copying an answer is all they need. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/**
 * Locks everything that Electron will create from now on.
 *
 * @param ownOrigin our origin; null until the server listens, when nothing may be shown yet
 */
export function hardenApp(ownOrigin: () => string | null): void {
  const isOwn = (address: string) => {
    const origin = ownOrigin();
    return origin !== null && isOwnPage(address, origin);
  };
  app.on('session-created', (session) => hardenSession(session, isOwn));
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, isOwn));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
}

function hardenSession(session: Session, isOwn: (address: string) => boolean): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const main = contents.mainFrame.url === details.requestingUrl || details.isMainFrame;
    callback(PERMISSIONS.has(permission) && main && isOwn(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => PERMISSIONS.has(permission) && isOwn(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

function hardenContents(contents: WebContents, isOwn: (address: string) => boolean): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (isOwn(event.url)) return;
    event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (!isOwn(url)) openExternal(url);
    return { action: 'deny' };
  });
}
