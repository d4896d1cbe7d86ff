/** Long enough to be found by the eye, in milliseconds. */
const SHOWN_MS = 2500;

/** Frames an item for a moment, so that the eye finds what was looked for; the frame fades and nothing moves. */
export function pointOut(item: Element | null): void {
  const outline = '2px solid color-mix(in oklab, var(--ck-accent) 50%, transparent)';
  const frame = { outline, outlineOffset: '6px', borderRadius: '4px' };
  item?.animate?.([frame, { ...frame, offset: 0.6 }, { ...frame, outlineColor: 'transparent' }], {
    id: 'ck-found',
    duration: SHOWN_MS,
  });
}
