import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { type Hardening, hardenApp } from './harden.ts';

const own = 'http://127.0.0.1:4711';

/** Collects what the shell sets on a session or on web contents, the way Electron would. */
class Recorder extends EventEmitter {
  readonly set = new Map<string, (...args: unknown[]) => unknown>();
  readonly values = new Map<string, unknown>();
  setPermissionRequestHandler = this.#handler('request');
  setPermissionCheckHandler = this.#handler('check');
  setDevicePermissionHandler = this.#handler('device');
  setWindowOpenHandler = this.#handler('open');
  setSpellCheckerLanguages = (languages: unknown) => void this.values.set('languages', languages);
  setSpellCheckerEnabled = (enabled: unknown) => void this.values.set('spelling', enabled);

  #handler(name: string) {
    return (handler: (...args: unknown[]) => unknown) => void this.set.set(name, handler);
  }
}

function harden(options: Partial<Hardening> = {}) {
  const app = new EventEmitter();
  const opened: string[] = [];
  const lines: string[] = [];
  hardenApp(app as unknown as App, {
    ownOrigin: () => own,
    openExternal: (address) => void opened.push(address),
    download: (event) => event.preventDefault(),
    devTools: false,
    log: (line) => void lines.push(line),
    systemSpelling: false,
    ...options,
  });
  const session = new Recorder();
  const contents = new Recorder();
  app.emit('session-created', session as unknown as Session);
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  return { app, session, contents, opened, lines };
}

function prevented(
  emitter: EventEmitter,
  event: string,
  properties: object = {},
  ...rest: unknown[]
): boolean {
  let stopped = false;
  const preventDefault = () => {
    stopped = true;
  };
  expect(emitter.listenerCount(event), `somebody listens to ${event}`).toBeGreaterThan(0);
  emitter.emit(event, { preventDefault, ...properties }, ...rest);
  return stopped;
}

describe.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s', (event) => {
  it.each([
    [`${own}/admin`, false],
    ['http://127.0.0.1:4712/', true],
    ['https://example.org/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    ['javascript:alert(1)', true],
  ])('%s', (url, stopped) => {
    expect(prevented(harden().contents, event, { url })).toBe(stopped);
  });

  it('lets nothing through before the server listens', () => {
    expect(prevented(harden({ ownOrigin: () => null }).contents, event, { url: `${own}/` })).toBe(true);
  });
});

it('opens no window, and hands only foreign addresses on', () => {
  const { contents, opened } = harden();
  const open = contents.set.get('open');
  expect(open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  expect(open?.({ url: `${own}/admin` })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://example.org/']);
});

it('grants the clipboard to the top frame of our own pages, and nothing else to anybody', () => {
  const { session } = harden();
  const request = (permission: string, requestingUrl: string, isMainFrame: boolean) => {
    let answer: unknown;
    session.set.get('request')?.(
      null,
      permission,
      (granted: boolean) => {
        answer = granted;
      },
      { requestingUrl, isMainFrame },
    );
    return answer;
  };
  const check = (permission: string, origin: string, isMainFrame: boolean) =>
    session.set.get('check')?.(null, permission, origin, { isMainFrame });
  for (const ask of [request, check]) {
    expect(ask('clipboard-sanitized-write', `${own}/`, true)).toBe(true);
    expect(ask('clipboard-sanitized-write', `${own}/`, false)).toBe(false);
    expect(ask('clipboard-sanitized-write', 'https://example.org/', true)).toBe(false);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'midi',
    ]) {
      expect(ask(permission, `${own}/`, true)).toBe(false);
    }
  }
  expect(session.set.get('device')?.({})).toBe(false);
});

it('leaves downloads to who decides about them, embeds nothing, accepts no broken certificate and sends none', () => {
  const { app, session, contents } = harden();
  expect(prevented(session, 'will-download')).toBe(true);
  expect(prevented(contents, 'will-attach-webview')).toBe(true);
  let accepted: unknown;
  const answer = (yes: unknown) => {
    accepted = yes;
  };
  expect(prevented(app, 'certificate-error', {}, {}, own, 'net::ERR_CERT_INVALID', {}, answer)).toBe(true);
  expect(accepted).toBe(false);
  expect(prevented(app, 'select-client-certificate', {}, {}, own, [], answer)).toBe(true);
  expect(accepted).toBeUndefined();
  accepted = 'nothing';
  expect(prevented(app, 'login', {}, {}, {}, { isProxy: true }, answer)).toBe(true);
  expect(accepted, 'no name and no password').toBeUndefined();
});

it('opens no developer tools where nobody develops', () => {
  const key = (input: object) =>
    prevented(harden().contents, 'before-input-event', {}, { type: 'keyDown', ...input });
  expect(key({ key: 'F12' })).toBe(true);
  for (const letter of ['I', 'J', 'C', 'i']) {
    expect(key({ key: letter, control: true, shift: true }), letter).toBe(true);
    expect(key({ key: letter, meta: true, alt: true }), letter).toBe(true);
  }
  expect(key({ key: 'c', control: true }), 'copying').toBe(false);
  expect(key({ key: 'i' })).toBe(false);
  const { contents } = harden();
  const closed: string[] = [];
  Object.assign(contents, { closeDevTools: () => closed.push('closed') });
  contents.emit('devtools-opened');
  expect(closed, 'however they were opened').toEqual(['closed']);
  const developing = harden({ devTools: true }).contents;
  expect(developing.listenerCount('before-input-event') + developing.listenerCount('devtools-opened')).toBe(
    0,
  );
});

it('notes that a process has gone, and nothing of what it held', () => {
  const { app, lines } = harden();
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5, name: 'secret' });
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  expect(lines).toEqual(['process gone: GPU, crashed (5)']);
});

it('locks every session and every contents that is made later, too', () => {
  const { app } = harden();
  const [session, contents] = [new Recorder(), new Recorder()];
  app.emit('session-created', session);
  app.emit('web-contents-created', {}, contents);
  expect([...session.set.keys()].sort()).toEqual(['check', 'device', 'request']);
  expect(session.listenerCount('will-download')).toBe(1);
  expect([...contents.set.keys()]).toEqual(['open']);
  expect(contents.eventNames().sort()).toEqual([
    'before-input-event',
    'devtools-opened',
    'will-attach-webview',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ]);
});

it('checks spelling only where that needs no download', () => {
  expect(Object.fromEntries(harden().session.values)).toEqual({ languages: [], spelling: false });
  expect(harden({ systemSpelling: true }).session.values.size).toBe(0);
});
