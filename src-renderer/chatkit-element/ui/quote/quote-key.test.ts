import { describe, expect, it } from 'vitest';
import { isQuoteKey, type Pressed, quoteKeyName } from './quote-key.ts';

const pressed = (more: Partial<Pressed>): Pressed => ({
  ...{ key: 'Q', code: 'KeyQ', altKey: false, ctrlKey: false, metaKey: false, shiftKey: true },
  ...more,
});

describe('the key that quotes', () => {
  it('is Alt+Shift+Q, and Control+Shift+Q on a Mac', () => {
    expect(isQuoteKey(pressed({ altKey: true }), false)).toBe(true);
    expect(isQuoteKey(pressed({ ctrlKey: true }), true)).toBe(true);
    expect(isQuoteKey(pressed({ altKey: true }), true)).toBe(false);
    expect(isQuoteKey(pressed({ ctrlKey: true }), false)).toBe(false);
  });

  it('leaves what the system means with more or fewer keys', () => {
    expect(isQuoteKey(pressed({ altKey: true, ctrlKey: true }), false)).toBe(false);
    expect(isQuoteKey(pressed({ ctrlKey: true, metaKey: true }), true)).toBe(false);
    expect(isQuoteKey(pressed({ altKey: true, shiftKey: false }), false)).toBe(false);
    expect(isQuoteKey(pressed({}), false)).toBe(false);
  });

  it('follows the letter on Latin keyboards, and the place on others', () => {
    expect(isQuoteKey(pressed({ altKey: true, code: 'KeyA' }), false)).toBe(true);
    expect(isQuoteKey(pressed({ altKey: true, key: 'A' }), false)).toBe(false);
    expect(isQuoteKey(pressed({ altKey: true, key: 'Й' }), false)).toBe(true);
    expect(isQuoteKey(pressed({ altKey: true, key: 'Ф', code: 'KeyA' }), false)).toBe(false);
  });

  it('has a name for the list', () => {
    expect(quoteKeyName(false)).toBe('Alt+Shift+Q');
    expect(quoteKeyName(true)).toBe('⌃+⇧+Q');
  });
});
