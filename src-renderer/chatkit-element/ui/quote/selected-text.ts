/** What is selected in the transcript, as far as it can be quoted. */

/** The most that is quoted, in characters. */
export const LONGEST_QUOTE = 2_000;

/** Text that can be quoted, and where it stands in the window. */
export interface SelectedText {
  text: string;
  rect: DOMRect;
}

/**
 * The selection, when it lies within the words of one message. Null for none, for one that reaches over several
 * messages, and for what is selected in controls.
 *
 * @param content holds the messages, inside or outside of a shadow root
 */
export function selectedText(content: HTMLElement): SelectedText | null {
  const selection = selectionOf(content);
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const message = messageOf(range.startContainer);
  if (message === null || !content.contains(message) || messageOf(range.endContainer) !== message)
    return null;
  const text = selection.toString().trim();
  if (text === '') return null;
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1).trimEnd()}…` : text;
  return { text: short.toWellFormed(), rect: range.getBoundingClientRect() };
}

/** Takes the selection away. */
export function clearSelection(content: HTMLElement): void {
  selectionOf(content)?.removeAllRanges();
}

/** Chromium keeps the selection inside a shadow root with that root; others tell it to the document. */
function selectionOf(content: HTMLElement): Selection | null {
  const root: Node & { getSelection?(): Selection | null } = content.getRootNode();
  return root.getSelection?.() ?? document.getSelection();
}

/** The words of the message that a place belongs to; null between messages and in widgets. */
function messageOf(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.ck-assistant, .ck-user .ck-bubble') ?? null;
}
