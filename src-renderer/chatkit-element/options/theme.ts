import { parseColor, type Rgb, readableOn, textOn, toCss } from './colors.ts';
import type { ResolvedTheme } from './resolve.ts';

/** How a theme reaches the style sheet: attributes that select rules, custom properties that hold values. */
export interface ThemeStyle {
  attributes: { scheme: 'light' | 'dark'; radius: string; density: string };
  properties: Readonly<Record<`--ck-${string}`, string>>;
}

const DEFAULT_SURFACE = { light: [255, 255, 255], dark: [24, 24, 27] } as const satisfies Record<string, Rgb>;

/** Chroma per tint step of the grayscale. */
const CHROMA_PER_TINT = 0.004;

/** Maps a theme to style. Colours that the browser does not understand count as absent. */
export function themeStyle(theme: ResolvedTheme): ThemeStyle {
  const { colorScheme: scheme, radius, density, typography, color } = theme;
  const properties: Record<`--ck-${string}`, string> = {};
  const surface = color?.surface;
  const background = surface === undefined ? null : parseColor(surface.background);
  const foreground = surface === undefined ? null : parseColor(surface.foreground);
  if (surface !== undefined && background !== null) properties['--ck-bg'] = surface.background;
  if (surface !== undefined && foreground !== null) properties['--ck-fg'] = surface.foreground;

  const accent = color?.accent === undefined ? null : parseColor(color.accent.primary);
  if (accent !== null) {
    properties['--ck-accent'] = toCss(accent);
    properties['--ck-on-accent'] = toCss(textOn(accent));
    properties['--ck-link'] = toCss(readableOn(accent, background ?? DEFAULT_SURFACE[scheme]));
    properties['--ck-accent-share'] = `${(color?.accent?.level ?? 0) * 5}%`;
  }
  if (color?.grayscale !== undefined) {
    const { hue, tint, shade } = color.grayscale;
    properties['--ck-gray-hue'] = String(hue);
    properties['--ck-gray-chroma'] = String(tint * CHROMA_PER_TINT);
    properties['--ck-gray-shade'] = String(shade * 0.008);
  }
  if (typography?.baseSize !== undefined) properties['--ck-font-size'] = `${typography.baseSize}px`;
  if (typography?.fontFamily !== undefined) properties['--ck-font'] = typography.fontFamily;
  if (typography?.fontFamilyMono !== undefined) properties['--ck-mono'] = typography.fontFamilyMono;
  return { attributes: { scheme, radius, density }, properties };
}
