import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers of every answer. The policy allows only what Foyer itself serves: no inline or evaluated script, no
 * other host, no frame around it. Inline styles stay allowed because the element's shadow roots and React need them.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
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
