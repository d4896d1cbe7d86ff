import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What no page of Foyer uses, and so no page may: also not one that was talked into running foreign script. */
const NOTHING_OF_THE_DEVICE = [
  'accelerometer',
  'bluetooth',
  'camera',
  'clipboard-read',
  'display-capture',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * The headers of every answer. Nothing is kept by a browser or a proxy unless a route says that it may be. The policy allows only what Foyer itself serves: no inline or evaluated script, no
 * other host, no frame around it. Inline styles stay allowed because the element's shadow roots and React need them.
 */
export function securityHeaders(): RequestHandler {
  const helmeted = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        connectSrc: ["'self'"],
        // Only the page that draws diagrams, which has an own policy and no origin.
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // Foyer speaks plain HTTP on loopback; the reverse proxy in front decides about HTTPS.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Permissions-Policy', NOTHING_OF_THE_DEVICE);
    helmeted(request, response, next);
  };
}

/** For what somebody uploaded: nothing in it may run or load anything when a browser shows it. */
export function makeInert(response: Response): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
}

/**
 * For the page of the frame that draws diagrams. What it draws is hostile: it gets no origin, so that nothing of
 * Foyer's is its own, and no network. Its script is inside of it, and its own policy allows that one by its hash.
 */
export function diagramPageHeaders(): RequestHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');
  return (_request, response, next) => {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    next();
  };
}
