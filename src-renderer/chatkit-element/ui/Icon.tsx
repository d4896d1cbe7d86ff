import { FILLED_ICONS, ICON_PATHS, UNKNOWN_ICON } from './icon-paths.ts';

/** Drawings that point along the line of text, and so the other way from right to left. */
const DIRECTIONAL: ReadonlySet<string> = new Set([
  'back-large',
  'back-small',
  'quote',
  'chevron-left',
  'chevron-right',
  'double-chevron-left',
  'double-chevron-right',
]);

/** One icon of the set; decoration only, the control around it carries the label. */
export function Icon({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <svg
      className={DIRECTIONAL.has(name) ? 'ck-icon ck-icon--directional' : 'ck-icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={FILLED_ICONS.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={Object.hasOwn(ICON_PATHS, name) ? ICON_PATHS[name] : UNKNOWN_ICON} />
    </svg>
  );
}
