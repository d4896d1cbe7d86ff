/** Room between a menu, its button and the edges of the window, in pixels. */
const GAP = 8;

/**
 * Puts a menu of the top layer beside its button: above it, or below where there is more room. It never reaches beyond
 * the window; what is longer scrolls.
 */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const above = at.top - GAP * 2;
  const below = window.innerHeight - at.bottom - GAP * 2;
  const wanted = menu.scrollHeight + (menu.offsetHeight - menu.clientHeight);
  const up = wanted <= above || above >= below;
  const height = Math.min(wanted, Math.max(up ? above : below, 0));
  menu.style.maxHeight = `${height}px`;
  menu.style.top = `${up ? at.top - GAP - height : at.bottom + GAP}px`;
  const width = menu.offsetWidth;
  const start = getComputedStyle(menu).direction === 'rtl' ? at.right - width : at.left;
  menu.style.left = `${Math.max(GAP, Math.min(start, window.innerWidth - width - GAP))}px`;
}
