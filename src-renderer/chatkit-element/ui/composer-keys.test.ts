import { describe, expect, it } from 'vitest';
import { type KeyPress, keyMeaning, lineBreakMeaning } from './composer-keys.ts';

const enter: KeyPress = {
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
};

describe('message box keys', () => {
  it('sends on Enter, also with Ctrl or Cmd', () => {
    expect(keyMeaning(enter)).toBe('send');
    expect(keyMeaning({ ...enter, ctrlKey: true })).toBe('send');
    expect(keyMeaning({ ...enter, metaKey: true })).toBe('send');
  });

  it('writes a line with Shift+Enter and Alt+Enter, and leaves other keys alone', () => {
    expect(keyMeaning({ ...enter, shiftKey: true })).toBe('none');
    expect(keyMeaning({ ...enter, altKey: true })).toBe('none');
    expect(keyMeaning({ ...enter, key: 'a' })).toBe('none');
  });

  it('leaves the Enter of an input method to it', () => {
    expect(keyMeaning({ ...enter, isComposing: true, keyCode: 229 })).toBe('none');
    expect(keyMeaning({ ...enter, isComposing: false, keyCode: 229 })).toBe('none');
  });

  it('sends on the line break that follows the Enter ending a Korean syllable', () => {
    const press = { ...enter, isComposing: true, keyCode: 229 };
    expect(lineBreakMeaning({ inputType: 'insertLineBreak', isComposing: false }, press)).toBe('send');
    expect(lineBreakMeaning({ inputType: 'insertParagraph', isComposing: false }, press)).toBe('send');
  });

  it('does not send on wanted line breaks, on text, or inside a composition', () => {
    expect(
      lineBreakMeaning({ inputType: 'insertLineBreak', isComposing: false }, { ...enter, shiftKey: true }),
    ).toBe('none');
    expect(lineBreakMeaning({ inputType: 'insertLineBreak', isComposing: true }, enter)).toBe('none');
    expect(lineBreakMeaning({ inputType: 'insertText', isComposing: false }, enter)).toBe('none');
    expect(lineBreakMeaning({ inputType: 'insertLineBreak', isComposing: false }, null)).toBe('none');
  });
});
