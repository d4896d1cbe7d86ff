import { Router } from 'express';
import { z } from 'zod';
import { MAX_QUERY } from '../../../src-shared/api/index.ts';
import { type Histories, SearchFailedError } from '../../history/index.ts';
import { ApiError } from '../errors.ts';
import { parseBody } from '../validate.ts';
import type { SessionRoute } from '../within-session.ts';

const searchSchema = z.object({ query: z.string().max(MAX_QUERY) });

/** Finding conversations by their words. What is looked for is in the body: addresses are written down in many places. */
export function searchRoutes(search: Histories['search'], within: SessionRoute): Router {
  return Router().post(
    '/search',
    within('thread.search', async (context, request, response) => {
      const { query } = parseBody(request, searchSchema);
      try {
        response.json({ threads: await search(context, query, context.signal) });
      } catch (error) {
        throw error instanceof SearchFailedError ? new ApiError('search_failed') : error;
      }
    }),
  );
}
