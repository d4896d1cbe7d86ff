import { Router } from 'express';
import { z } from 'zod';
import { MAX_QUERY } from '../../../src-shared/api/index.ts';
import { type Histories, SearchFailedError } from '../../history/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { Life } from '../life.ts';
import type { LiveRequests } from '../live-requests.ts';
import { parseBody } from '../validate.ts';

const searchSchema = z.object({ query: z.string().max(MAX_QUERY) });

/** Finding conversations by their words. What is looked for is in the body: addresses are written down in many places. */
export function searchRoutes(search: Histories['search'], guard: CallerGuard, live: LiveRequests): Router {
  return Router().post(
    '/search',
    guard.may('thread.search', async ({ user, role, sessionId }, request, response) => {
      const { query } = parseBody(request, searchSchema);
      const life = new Life(response);
      // Whoever is signed out meanwhile is told nothing of what was found.
      life.signal.addEventListener('abort', life.cut, { once: true });
      response.once('close', life.abort);
      live.follow(sessionId, life);
      try {
        response.json({ threads: await search({ userId: user.id, role }, query, life.signal) });
      } catch (error) {
        throw error instanceof SearchFailedError ? new ApiError('search_failed') : error;
      } finally {
        life.end();
      }
    }),
  );
}
