import { describe, expect, it } from 'vitest';
import { type Pressed, pageKeyOf } from './page-keys.ts';

const press = (keys: Partial<Pressed>): Pressed => ({
  ...{ key: '', code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false },
  ...keys,
});
const ctrl = { ctrlKey: true, shiftKey: true };

describe('keys of the chat', () => {
  it.each([
    [{ key: 'F6' }, 'switch'],
    [{ key: 'Escape', shiftKey: true }, 'composer'],
    [{ key: '/', ctrlKey: true }, 'shortcuts'],
    [{ key: '/', ctrlKey: true, shiftKey: true }, 'shortcuts'],
    [{ key: 'O', code: 'KeyO', ...ctrl }, 'new-chat'],
    [{ key: 'щ', code: 'KeyO', ...ctrl }, 'new-chat'],
    [{ key: 'C', code: 'KeyC', ...ctrl }, 'copy-answer'],
    [{ key: ':', code: 'Semicolon', ...ctrl }, 'copy-code'],
    [{ key: 'm', code: 'Semicolon', ...ctrl }, 'copy-code'],
  ] as const)('%o is %s', (keys, meaning) => {
    expect(pageKeyOf(press(keys), false)).toBe(meaning);
  });

  it.each([
    { key: 'Escape' },
    { key: 'Escape', shiftKey: true, ctrlKey: true },
    { key: 'F6', altKey: true },
    { key: 'c', code: 'KeyC', ctrlKey: true },
    { key: 'O', code: 'KeyO', ...ctrl, altKey: true },
    { key: '/', metaKey: true },
    { key: 'o', code: 'KeyO' },
  ])('%o is left alone', (keys) => {
    expect(pageKeyOf(press(keys), false)).toBeNull();
  });

  it('takes Command on a Mac, where Control is the system’s', () => {
    expect(pageKeyOf(press({ key: 'o', code: 'KeyO', metaKey: true, shiftKey: true }), true)).toBe(
      'new-chat',
    );
    expect(pageKeyOf(press({ key: 'o', code: 'KeyO', ...ctrl }), true)).toBeNull();
  });
});
