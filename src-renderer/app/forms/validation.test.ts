import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import * as check from './validation.ts';

describe('validation', () => {
  it.each([
    ['', en.fields.emailMissing],
    ['  ', en.fields.emailMissing],
    ['ada', en.fields.emailInvalid],
    ['ada@', en.fields.emailInvalid],
    [' Ada@Example.org ', null],
  ])('mail address %j', (value, error) => {
    expect(check.emailError(value, en)).toBe(error);
  });

  it.each([
    ['', en.fields.passwordMissing],
    ['12345678901', en.fields.passwordTooShort],
    ['123456789012', null],
    ['x'.repeat(256), null],
    ['x'.repeat(257), en.fields.passwordTooLong],
  ])('new password %#', (value, error) => {
    expect(check.newPasswordError(value, en)).toBe(error);
  });

  it('asks only for the presence of a password that exists already', () => {
    expect(check.presentPasswordError('', en)).toBe(en.fields.passwordMissing);
    expect(check.presentPasswordError('x', en)).toBeNull();
  });

  it.each([
    ['', null],
    ['https://api.openai.com/v1', null],
    [' http://127.0.0.1:11434/v1 ', null],
    ['127.0.0.1:11434', en.settings.baseUrlInvalid],
    ['ftp://example.org', en.settings.baseUrlInvalid],
    ['javascript:alert(1)', en.settings.baseUrlInvalid],
    ['not an address', en.settings.baseUrlInvalid],
  ])('address of a model server %j', (value, error) => {
    expect(check.baseUrlError(value, en)).toBe(error);
  });

  it('limits what the server would refuse', () => {
    expect(check.modelError('', en)).toBeNull();
    expect(check.modelError('m'.repeat(201), en)).toBe(en.settings.modelTooLong);
    expect(check.instructionsError('i'.repeat(20_000), en)).toBeNull();
    expect(check.instructionsError('i'.repeat(20_001), en)).toBe(en.settings.instructionsTooLong);
    expect(check.apiKeyError('k'.repeat(2_001), en)).toBe(en.settings.keyTooLong);
    expect(check.apiKeyError('', en)).toBeNull();
  });
});
