/** Notices everything that a hostile text can bring about in a page: running, asking, leaving, opening, complaining. */
import type { Frame, Page, Request } from '@playwright/test';

export interface Tripwires {
  /** What happened, in words; empty as long as nothing did. */
  readonly tripped: string[];
}

/** Own addresses that the pages ask for by themselves; nothing else may be asked, also not of our own server. */
const OWN_PATHS = [
  /^\/(?:login|account|admin(?:\/[a-z]+)?)?$/,
  /^\/assets\/[\w.-]+$/,
  /^\/(?:icon|favicon)[\w.-]*$/,
  /^\/chatkit(?:-diagram\.html|\.js)$/,
  /^\/api\/(?:status|setup|lock|lock\/active|drafts(?:\/[\w-]+)?|chatkit(?:\/runs(?:\/[\w-]+)?)?)$/,
  /^\/api\/(?:auth\/login|users\/me(?:\/[a-z]+)?|me\/budget|device\/people)$/,
  /^\/api\/admin\/[\w./-]+$/,
];

/**
 * Stretched before the first page is opened.
 *
 * @param origin Foyer's
 */
export async function setTripwires(page: Page, origin: string): Promise<Tripwires> {
  const tripped: string[] = [];
  const blocked = new Set<Request>();
  const isDiagram = (url: string) => new URL(url).pathname === '/chatkit-diagram.html';
  await page.exposeFunction('pwned', () => tripped.push('a script ran'));
  await page.exposeFunction('tripped', (what: string) => tripped.push(what));
  await page.addInitScript(() => {
    const report = (what: string) => (window as unknown as { tripped(what: string): void }).tripped(what);
    const isDiagram = location.pathname === '/chatkit-diagram.html';
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      if (isDiagram && violatedDirective === 'img-src') return;
      report(`the policy stopped ${violatedDirective} ${blockedURI} ${sample}`);
    });
    window.open = (url) => {
      report(`window.open ${url}`);
      return null;
    };
    navigator.sendBeacon = (url) => {
      report(`beacon ${url}`);
      return false;
    };
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return;
    if (url.origin === origin && OWN_PATHS.some((path) => path.test(url.pathname))) return;
    // Answers may show images of our own origin; the server gives none that is not meant as one (guards.test.ts).
    if (url.origin === origin && request.resourceType() === 'image') return;
    // The frame for diagrams has a policy against all of it: what never left the browser is no request.
    if (request.resourceType() === 'image' && isDiagram(request.frame().url())) blocked.add(request);
    else tripped.push(`request ${request.resourceType()} ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (blocked.has(request) && request.failure()?.errorText !== 'csp')
      tripped.push(`request of a diagram ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (blocked.has(response.request())) tripped.push(`answer to a diagram ${response.url()}`);
  });
  const frames = new Set<Frame>();
  page.on('framenavigated', (frame) => {
    const isFirst = !frames.has(frame);
    frames.add(frame);
    const { origin: to, pathname } = new URL(frame.url());
    if (
      frame.parentFrame() === null
        ? to === origin && OWN_PATHS[0]?.test(pathname)
        : isFirst && pathname === '/chatkit-diagram.html'
    )
      return;
    tripped.push(`navigation to ${frame.url()}`);
  });
  page.on('dialog', (dialog) => {
    tripped.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('download', (download) => tripped.push(`download ${download.url()}`));
  page.on('websocket', (socket) => tripped.push(`socket ${socket.url()}`));
  page.on('worker', (worker) => tripped.push(`worker ${worker.url()}`));
  page.on('pageerror', (error) => tripped.push(`error ${error.message}`));
  page.on('console', (message) => {
    // Being asked to sign in is no accident, and an image that is not there none either.
    if (/^Loading the image .* violates/.test(message.text()) && isDiagram(message.location().url)) return;
    if (message.type() === 'error' && !/status of 40[0134]/.test(message.text()))
      tripped.push(`console ${message.text()}`);
  });
  page.context().on('page', (other) => {
    if (other !== page) tripped.push(`window ${other.url()}`);
  });
  return { tripped };
}

/**
 * Everything in the chat that should not be there, looked at as it stands: elements and attributes that run, load or lead
 * somewhere. Runs in the page.
 */
export function inspectChat(): string[] {
  const root = document.querySelector('openai-chatkit')?.shadowRoot;
  if (root == null) return ['no chat'];
  const bad: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName;
    if (/^(?:script|object|embed|applet|link|meta|base|portal|use|foreignobject)$/i.test(name))
      bad.push(name);
    if (name === 'iframe' && !element.getAttribute('src')?.startsWith('/chatkit-diagram.html')) {
      const src = new URL(element.getAttribute('src') ?? 'about:blank', document.baseURI);
      if (src.pathname !== '/chatkit-diagram.html' || src.origin !== location.origin)
        bad.push(`iframe ${src.href}`);
    }
    for (const { name: attribute, value } of element.attributes) {
      if (/^on|^srcdoc$|^ping$|^formaction$|^action$/i.test(attribute))
        bad.push(`${name} ${attribute}=${value}`);
      if (/^(?:href|xlink:href)$/i.test(attribute) && !/^(?:https?:|mailto:|#)/.test(value))
        bad.push(`${name} ${attribute}=${value}`);
      if (
        /^(?:src|srcset|poster|background|data)$/i.test(attribute) &&
        !/^(?:data:image\/|blob:|\/)/.test(value)
      ) {
        if (new URL(value, document.baseURI).origin !== location.origin)
          bad.push(`${name} ${attribute}=${value}`);
      }
      if (attribute === 'style' && /url\(|@import|expression\(/i.test(value))
        bad.push(`${name} style=${value}`);
    }
  }
  return bad;
}
