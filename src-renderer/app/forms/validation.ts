import { emailSchema, passwordSchema, updateSettingsRequestSchema } from '../../../src-shared/api/index.ts';
import type { Dictionary } from '../i18n/en.ts';

/** What is wrong with one field, as a sentence for the person; null when it can be sent. */
export type FieldError = string | null;

/** Checks a mail address as the server will. */
export function emailError(value: string, t: Dictionary): FieldError {
  if (value.trim() === '') return t.fields.emailMissing;
  return emailSchema.safeParse(value).success ? null : t.fields.emailInvalid;
}

/** Checks a password that is to become valid. */
export function newPasswordError(value: string, t: Dictionary): FieldError {
  if (value === '') return t.fields.passwordMissing;
  const parsed = passwordSchema.safeParse(value);
  if (parsed.success) return null;
  return parsed.error.issues.some((issue) => issue.code === 'too_big')
    ? t.fields.passwordTooLong
    : t.fields.passwordTooShort;
}

/** Checks a password that is compared with the stored one: only its presence matters. */
export function presentPasswordError(value: string, t: Dictionary): FieldError {
  return value === '' ? t.fields.passwordMissing : null;
}

const { base_url, model, instructions, api_key } = updateSettingsRequestSchema.shape;

/** Checks the address of a model server; empty means the default. */
export function baseUrlError(value: string, t: Dictionary): FieldError {
  return value.trim() === '' || base_url.safeParse(value.trim()).success ? null : t.settings.baseUrlInvalid;
}

/** Checks the name of a model; empty means the default. */
export function modelError(value: string, t: Dictionary): FieldError {
  return value.trim() === '' || model.safeParse(value).success ? null : t.settings.modelTooLong;
}

/** Checks the assistant's instructions; empty means the default. */
export function instructionsError(value: string, t: Dictionary): FieldError {
  return instructions.safeParse(value).success ? null : t.settings.instructionsTooLong;
}

/** Checks a key for the model server; empty means that none is sent. */
export function apiKeyError(value: string, t: Dictionary): FieldError {
  return value.trim() === '' || api_key.safeParse(value).success ? null : t.settings.keyTooLong;
}
