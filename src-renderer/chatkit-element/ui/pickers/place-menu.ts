/** Room between a menu, its button and the edges of the window, in pixels. */
const GAP = 8;

/** Where a menu stands when there is room at each side. */
export interface Placing {
  side: 'above' | 'below';
  align: 'start' | 'center' | 'end';
}

/** Menus of the message box, which stands at the bottom. */
export const ABOVE: Placing = { side: 'above', align: 'start' };

/**
 * Puts a menu of the top layer beside its button: where it is wanted, or at the other side where there is more room. It
 * never reaches beyond the window; what is longer scrolls.
 */
export function placeMenu(menu: HTMLElement, button: HTMLElement, { side, align }: Placing): void {
  const at = button.getBoundingClientRect();
  const above = at.top - GAP * 2;
  const below = window.innerHeight - at.bottom - GAP * 2;
  const wanted = menu.scrollHeight + (menu.offsetHeight - menu.clientHeight);
  const up = side === 'above' ? wanted <= above || above >= below : wanted > below && above > below;
  const height = Math.min(wanted, Math.max(up ? above : below, 0));
  menu.style.maxHeight = `${height}px`;
  menu.style.top = `${up ? at.top - GAP - height : at.bottom + GAP}px`;
  const width = menu.offsetWidth;
  const toEnd = (align === 'end') !== (getComputedStyle(menu).direction === 'rtl');
  const start = toEnd ? at.right - width : at.left;
  const left = align === 'center' ? (at.left + at.right - width) / 2 : start;
  menu.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
}
