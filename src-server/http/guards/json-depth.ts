import type { RequestHandler } from 'express';
import { isTooDeep, MAX_DEPTH } from '../../chatkit/index.ts';
import { ApiError } from '../errors.ts';

/** Refuses bodies that are nested too deeply, before anything looks into them. */
export const refuseDeepJson: RequestHandler = (request, _response, next) => {
  if (isTooDeep(request.body)) throw new ApiError('validation', `(more than ${MAX_DEPTH} levels)`);
  next();
};
