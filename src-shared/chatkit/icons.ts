import { z } from 'zod';

/** The built-in icon names of the protocol (§4.8); `vendor:*` and `lucide:*` come on top. */
export const BUILT_IN_ICONS = [
  'agent',
  'analytics',
  'atom',
  'batch',
  'bolt',
  'book-open',
  'book-closed',
  'book-clock',
  'bug',
  'calendar',
  'chart',
  'check',
  'check-circle',
  'check-circle-filled',
  'chevron-left',
  'chevron-right',
  'circle-question',
  'clock',
  'compass',
  'confetti',
  'cube',
  'desktop',
  'document',
  'dot',
  'dots-horizontal',
  'dots-vertical',
  'empty-circle',
  'external-link',
  'globe',
  'keys',
  'lab',
  'images',
  'info',
  'lifesaver',
  'lightbulb',
  'mail',
  'map-pin',
  'maps',
  'mobile',
  'name',
  'notebook',
  'notebook-pencil',
  'page-blank',
  'phone',
  'play',
  'plus',
  'profile',
  'profile-card',
  'reload',
  'star',
  'star-filled',
  'search',
  'sparkle',
  'sparkle-double',
  'square-code',
  'square-image',
  'square-text',
  'suitcase',
  'settings-slider',
  'user',
  'wreath',
  'write',
  'write-alt',
  'write-alt2',
] as const;

/** A built-in icon, or one of the two open families. */
export type IconName = (typeof BUILT_IN_ICONS)[number] | `vendor:${string}` | `lucide:${string}`;

const builtIn: ReadonlySet<string> = new Set(BUILT_IN_ICONS);

/** An icon name: one of {@link BUILT_IN_ICONS}, or any `vendor:` or `lucide:` name. */
export const iconNameSchema = z
  .string()
  .refine((name) => builtIn.has(name) || name.startsWith('vendor:') || name.startsWith('lucide:'), {
    error: 'unknown icon name',
  });
