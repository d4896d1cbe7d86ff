/** The pages: one built document and its files, served only to those who may see them. */
import path from 'node:path';
import express, { type Request, type Response, Router } from 'express';
import { type Accounts, type Actor, authorize } from '../accounts/index.ts';
import { ApiError } from './errors.ts';
import type { CallerGuard } from './guards/caller.ts';
import { diagramPageHeaders } from './guards/security-headers.ts';

/** Answers where a person should go instead of the page they asked for, or null when the page is theirs. */
type Redirect = (request: Request) => Promise<string | null>;

/**
 * @param options.rendererDir the built renderer: `index.html`, `assets/` (hashed names), `chatkit.js`
 */
export function pageRoutes(options: { rendererDir: string; accounts: Accounts; guard: CallerGuard }): Router {
  const { accounts, guard } = options;
  const router = Router();

  /**
   * Also somebody whose history is closed, or whose session is locked: the page itself holds nothing of anybody, and
   * asks for what opens it where they are.
   */
  const visitorOf = async (request: Request): Promise<Actor | 'locked' | null> => {
    try {
      const visitor = (await guard.findClosed(request)) ?? (await guard.find(request));
      return visitor && guard.actorOf(visitor);
    } catch (error) {
      return error instanceof ApiError && error.code === 'locked' ? 'locked' : null;
    }
  };
  const start = () => (accounts.needsSetup() ? '/setup' : '/login');

  const page = (redirect: Redirect) =>
    guard.open('page.open', async (request: Request, response: Response) => {
      const elsewhere = await redirect(request);
      if (elsewhere !== null) response.redirect(302, elsewhere);
      else response.sendFile(path.join(options.rendererDir, 'index.html'));
    });

  router.get(
    '/setup',
    page(async () => (accounts.needsSetup() ? null : '/login')),
  );
  router.get(
    '/login',
    page(async (request) => {
      if (accounts.needsSetup()) return '/setup';
      const visitor = await visitorOf(request);
      return visitor === null || visitor === 'locked' ? null : '/';
    }),
  );
  router.get(
    ['/', '/account'],
    page(async (request) => ((await visitorOf(request)) === null ? start() : null)),
  );
  router.get(
    ['/admin', '/admin/*path'],
    page(async (request) => {
      const visitor = await visitorOf(request);
      if (visitor === null) return start();
      if (visitor === 'locked') return null;
      return authorize(visitor, 'administration.open', 'foyer') === 'allowed' ? null : '/';
    }),
  );

  router.use(
    '/assets',
    express.static(path.join(options.rendererDir, 'assets'), {
      setHeaders: (response) => response.setHeader('Cache-Control', 'public, max-age=31536000, immutable'),
      fallthrough: false,
    }),
  );
  router.use('/chatkit-diagram.html', diagramPageHeaders());
  router.use(
    express.static(options.rendererDir, {
      setHeaders: (response) => response.setHeader('Cache-Control', 'public, max-age=0'),
      index: false,
    }),
  );

  router.get(
    '/*path',
    guard.open('page.open', (_request, response) => response.redirect(302, '/')),
  );
  return router;
}
