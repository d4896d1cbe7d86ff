/** REST shapes for signing in and for looking after people. */
import { z } from 'zod';

/** Passwords: at least 8 characters (NIST SP 800-63B), at most 256 so that hashing stays bounded. */
export const passwordSchema = z.string().min(8).max(256);

/** Mail addresses are compared in lower case and without surrounding blanks. */
export const emailSchema = z.string().trim().toLowerCase().max(320).pipe(z.email());

export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  is_admin: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type User = z.infer<typeof userSchema>;

export const loginRequestSchema = z.object({ email: emailSchema, password: z.string().max(256) });
export const loginResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  user: userSchema,
});
export type LoginResponse = z.infer<typeof loginResponseSchema>;

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

export const createUserRequestSchema = z.object({
  email: emailSchema,
  password: passwordSchema,
  is_admin: z.boolean().default(false),
});
export const updateUserRequestSchema = z.object({
  password: passwordSchema.optional(),
  is_admin: z.boolean().optional(),
});
