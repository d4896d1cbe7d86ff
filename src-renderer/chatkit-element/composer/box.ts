/** What every message box can do, drawn by a plain text area or by the rich editor. */
import type { Ref } from 'react';
import type { UserContent } from '../../../src-shared/chatkit/index.ts';
import type { KeyPress } from '../ui/composer-keys.ts';

/** Places count characters of the draft's text, in which a tag reads `@title`. */
export interface BoxHandle {
  readonly element: HTMLElement | null;
  focus(): void;
  /** What is selected, or where the caret is or was last. */
  selection(): { from: number; to: number };
  select(from: number, to: number): void;
  /** Puts content in place of a part of the text, with the caret behind it. */
  replace(from: number, to: number, content: readonly UserContent[]): void;
  /** True while an input method is at work. */
  composing(): boolean;
}

/** The menu that belongs to the box, for screen readers. */
export interface BoxMenu {
  listId: string;
  activeId: string | undefined;
}

export interface BoxProps {
  ref: Ref<BoxHandle>;
  label: string;
  placeholder: string;
  disabled: boolean;
  content: readonly UserContent[];
  /** The open menu, or null. */
  menu: BoxMenu | null;
  /** True where "@" or "/" open a menu. */
  suggests: boolean;
  onChange(content: UserContent[]): void;
  /** The caret has moved; null without focus or with a selection. */
  onCaret(caret: number | null): void;
  /** True when the key was taken; the box then does nothing with it. */
  onKey(event: KeyPress & { preventDefault(): void }): boolean;
  /** Enter in all its forms. */
  onEnter(): void;
  /** An input method has finished. */
  onComposition(): void;
}
