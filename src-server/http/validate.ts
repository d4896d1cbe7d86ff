import type { Request } from 'express';
import type { z } from 'zod';
import { ApiError } from './errors.ts';

/**
 * The body of a request in the form that the schema promises.
 *
 * @throws {ApiError} `unsupported_media_type` without JSON, `validation` naming the fields, never their values
 */
export function parseBody<T>(request: Request, schema: z.ZodType<T>): T {
  if (!request.is('application/json')) throw new ApiError('unsupported_media_type');
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new ApiError('validation', `(${fields.join('; ')})`);
}
