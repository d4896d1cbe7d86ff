import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/** Deeper than anything that Foyer is sent (widgets have 64 levels). What walks a value may use the stack below that. */
const MAX_DEPTH = 100;

/** Refuses bodies that are nested too deeply, before anything looks into them. */
export const refuseDeepJson: RequestHandler = (request, _response, next) => {
  if (isDeeperThan(request.body, MAX_DEPTH))
    throw new ApiError('validation', `(more than ${MAX_DEPTH} levels)`);
  next();
};

/** Goes level by level, without calling itself. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level: object[] = isObject(value) ? [value] : [];
  for (let levels = 1; level.length > 0; levels += 1) {
    if (levels > depth) return true;
    level = level.flatMap((parent) => Object.values(parent).filter(isObject));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
