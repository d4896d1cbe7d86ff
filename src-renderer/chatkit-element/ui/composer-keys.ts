/** What a key means in the message box. Pure, so that every input method can be tested. */

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  /** 229 while an input method handles the key (browsers that report no `isComposing`). */
  keyCode: number;
}

/** Enter sends, Shift+Enter and Alt+Enter write a new line; an input method's own Enter is its own. */
export function keyMeaning(press: KeyPress): 'send' | 'none' {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return 'none';
  return press.shiftKey || press.altKey ? 'none' : 'send';
}

/**
 * The Enter that ends a Korean syllable is reported as part of the composition and followed by a line break. That line
 * break, coming from an Enter without Shift or Alt and outside of any composition, was meant to send. Japanese and
 * Chinese methods commit their text without a line break and never come here.
 */
export function lineBreakMeaning(
  input: { inputType: string; isComposing: boolean },
  lastPress: Pick<KeyPress, 'key' | 'shiftKey' | 'altKey'> | null,
): 'send' | 'none' {
  const breaks = input.inputType === 'insertLineBreak' || input.inputType === 'insertParagraph';
  if (!breaks || input.isComposing || lastPress === null) return 'none';
  return lastPress.key === 'Enter' && !lastPress.shiftKey && !lastPress.altKey ? 'send' : 'none';
}
