/**
 * Puts text, and where possible the same as HTML, on the clipboard. Answers whether it worked. `html` comes from
 * rendered Markdown, never from a model directly.
 */
export async function copyToClipboard(text: string, html?: string): Promise<boolean> {
  const clipboard = globalThis.navigator?.clipboard;
  if (clipboard === undefined) return false;
  try {
    if (html !== undefined && typeof ClipboardItem !== 'undefined') {
      await clipboard.write([
        new ClipboardItem({
          'text/plain': new Blob([text], { type: 'text/plain' }),
          'text/html': new Blob([html], { type: 'text/html' }),
        }),
      ]);
      return true;
    }
  } catch {
    // Some browsers refuse rich content; plain text may still be allowed.
  }
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The HTML of rendered answers, without the controls drawn into it. */
export function richTextOf(elements: Iterable<Element>): string {
  return [...elements]
    .map((element) => {
      const copy = document.createElement('div');
      copy.append(...[...element.childNodes].map((node) => node.cloneNode(true)));
      for (const chrome of copy.querySelectorAll('[data-ck-chrome]')) chrome.remove();
      return copy.innerHTML;
    })
    .join('\n');
}
