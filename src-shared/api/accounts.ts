/** REST shapes for signing in and for looking after people. */
import { z } from 'zod';

/** New passwords: at least 12 characters, at most 256 so that hashing stays bounded. The server refuses common ones. */
export const passwordSchema = z.string().min(12).max(256);

/** Mail addresses are compared in lower case and without surrounding blanks. */
export const emailSchema = z.string().trim().toLowerCase().max(320).pipe(z.email());

/** `guest`: chats, and nothing of it is kept. */
export const roleSchema = z.enum(['administrator', 'user', 'guest']);
export type Role = z.infer<typeof roleSchema>;

/** `deactivated`: keeps everything and can do nothing. */
export const userStatusSchema = z.enum(['active', 'deactivated']);
export type UserStatus = z.infer<typeof userStatusSchema>;

export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  /** True exactly for the role `administrator`; for programs of the predecessor. */
  is_admin: z.boolean(),
  role: roleSchema,
  status: userStatusSchema,
  /** The password was given by an administrator: nothing but a new one is taken from this person. */
  password_is_temporary: z.boolean(),
  /** `sealed`: nobody but the person opens what they wrote, whatever password is set. */
  protection: z.enum(['managed', 'sealed']).optional(),
  /** Whether a code is asked for at sign-in; only in the administrator's list. */
  second_factor: z.boolean().optional(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type User = z.infer<typeof userSchema>;

/** How a page of Foyer signs somebody in; programs leave it out. `show`: the person is shown there from now on. */
export const windowSchema = z.enum(['show', 'hide', 'unchanged']);

/** Either an address, or the id of somebody whom this browser or window knows. */
export const loginRequestSchema = z.union([
  z.object({
    email: emailSchema,
    person: z.undefined().optional(),
    password: z.string().max(256),
    /** A code of the authenticator app, or one on paper; for programs, which so need no second step. */
    totp: z.string().max(100).optional(),
    window: windowSchema.optional(),
  }),
  z.object({
    email: z.undefined().optional(),
    person: z.string().max(100),
    password: z.string().max(256),
    totp: z.string().max(100).optional(),
    window: windowSchema.default('unchanged'),
  }),
]);
export type LoginRequest = z.infer<typeof loginRequestSchema>;
export const loginResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  user: userSchema,
});
export type LoginResponse = z.infer<typeof loginResponseSchema>;

/** One place where a person is signed in. Times are ISO 8601. */
export const sessionSchema = z.object({
  id: z.string(),
  created_at: z.string(),
  last_used_at: z.string(),
  /** What people recognise it by, such as `Firefox on Linux`; null where that is not known. */
  place: z.string().nullable(),
  /** The session that asks. */
  current: z.boolean(),
});
export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) });
export type Session = z.infer<typeof sessionSchema>;

export const changePasswordRequestSchema = z.object({
  current_password: z.string().max(256),
  new_password: passwordSchema,
});

export const setupStateSchema = z.object({ needed: z.boolean() });
export const setupRequestSchema = z.object({
  token: z.string(),
  email: emailSchema,
  password: passwordSchema,
});

/** `role` is Foyer's own, `is_admin` the predecessor's; where both are given they have to agree. */
function rolesAgree({
  role,
  is_admin,
}: {
  role?: Role | undefined;
  is_admin?: boolean | undefined;
}): boolean {
  return role === undefined || is_admin === undefined || is_admin === (role === 'administrator');
}
const DISAGREE = { path: ['role'], message: 'must agree with is_admin' };

export const createUserRequestSchema = z
  .object({
    email: emailSchema,
    password: passwordSchema,
    is_admin: z.boolean().optional(),
    /** Default: what `is_admin` says, else `user`. */
    role: roleSchema.optional(),
  })
  .refine(rolesAgree, DISAGREE);
/** What is absent stays as it is. Without `role`, `is_admin: false` makes a user of an administrator only. */
export const updateUserRequestSchema = z
  .object({
    password: passwordSchema.optional(),
    is_admin: z.boolean().optional(),
    role: roleSchema.optional(),
    is_active: z.boolean().optional(),
    /** For a new password of a sealed account: what was written will be unreadable without the recovery code. */
    accept_loss: z.boolean().optional(),
  })
  .refine(rolesAgree, DISAGREE);
export type UserChanges = z.infer<typeof updateUserRequestSchema>;
