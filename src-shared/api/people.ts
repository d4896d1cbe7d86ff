/** REST shapes for looking after many people: found by address, role and state, a page at a time. */
import { z } from 'zod';
import { roleSchema, userSchema } from './accounts.ts';

/** One person as administrators see them. Times are ISO 8601. */
export const personSchema = userSchema.extend({
  last_sign_in_at: z.string().nullable(),
  /** Until when no attempt to sign in is taken; null when attempts are taken. */
  locked_until: z.string().nullable(),
  /** Where the person is signed in now. */
  sessions: z.number().int(),
});
export type Person = z.infer<typeof personSchema>;

/** What people can be looked for by; `temporary`: active, and has not chosen an own password yet. */
export const personStateSchema = z.enum(['active', 'deactivated', 'temporary']);
export type PersonState = z.infer<typeof personStateSchema>;

export const MAX_PEOPLE_PAGE = 200;

/** Query of `GET /api/admin/people`. */
export const peopleQuerySchema = z.object({
  /** Part of the mail address, in any case. */
  query: z.string().trim().max(320).default(''),
  role: roleSchema.optional(),
  status: personStateSchema.optional(),
  /** The id of the last person of the page before. */
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PEOPLE_PAGE).default(50),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

/** By address. */
export const peoplePageSchema = z.object({
  people: z.array(personSchema),
  /** How many match, on all pages. */
  total: z.number().int(),
  /** Give it as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
  /** How many active administrators there are, whether they match or not: the last one stays. */
  administrators: z.number().int(),
});
export type PeoplePage = z.infer<typeof peoplePageSchema>;
