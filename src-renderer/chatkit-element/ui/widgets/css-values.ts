/**
 * Style values from hostile widgets. Only numbers, known units and colour syntax pass; nothing that could load, name or
 * reach anything (`url()`, `var()`, `attr()`, `expression()`) can be written in what these functions let through.
 */
import { WIDGET_TOKENS } from './tokens.ts';

/** Larger than any screen; keeps absurd numbers from stretching the page. */
const MAX_LENGTH = 4096;
const MAX_TEXT = 120;

const NUMBER = String.raw`\d{1,5}(?:\.\d{1,4})?`;
const UNITS = 'px|rem|em|%|ch|ex|lh|vw|vh|svh|dvh|cqw|cqi|pt|fr';
const ONE_LENGTH = new RegExp(`^(?:${NUMBER}|\\.\\d{1,4})(?:${UNITS})$`);
const PLAIN_NUMBER = new RegExp(`^${NUMBER}$`);
const KEYWORDS: ReadonlySet<string> = new Set(['auto', 'min-content', 'max-content', 'fit-content']);
const MATHS = /^(?:calc|min|max|clamp)\(/;
const MATHS_TOKENS = new RegExp(
  `(?:\\b(?:calc|min|max|clamp)\\()|(?:${NUMBER}(?:${UNITS})?)|[-+*/(),\\s]`,
  'g',
);

/** A CSS length. Numbers count `unit` pixels each: 1 for sizes, 4 for spacing. */
export function cssLength(value: unknown, unit: 1 | 4): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 ? `${Math.min(value * unit, MAX_LENGTH)}px` : undefined;
  }
  if (typeof value !== 'string' || value.length > MAX_TEXT) return undefined;
  const text = value.trim().toLowerCase();
  if (PLAIN_NUMBER.test(text)) return cssLength(Number(text), unit);
  if (ONE_LENGTH.test(text) || KEYWORDS.has(text)) return text;
  if (MATHS.test(text) && text.replace(MATHS_TOKENS, '') === '' && balanced(text)) return text;
  return undefined;
}

function balanced(text: string): boolean {
  let open = 0;
  for (const char of text) {
    if (char === '(') open += 1;
    if (char === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

const FLEX = new RegExp(`^${NUMBER}(?: ${NUMBER})?(?: (?:auto|0|${NUMBER}(?:px|rem|em|%)))?$`);

/** The `flex` shorthand: a share, `auto`, `none`, or grow, shrink and basis. */
export function cssFlex(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  return text === 'auto' || text === 'none' || FLEX.test(text) ? text : undefined;
}

const RATIO = new RegExp(`^(${NUMBER})(?:\\s*/\\s*(${NUMBER}))?$`);

/** `aspect-ratio`: a number, or two as `16/9`. */
export function cssRatio(value: unknown): string | undefined {
  const match = RATIO.exec(String(value).trim());
  if (match === null) return undefined;
  const [, width, height = '1'] = match;
  return Number(width) > 0 && Number(height) > 0 ? `${width} / ${height}` : undefined;
}

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const COLOR_FUNCTION =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?:\s|[\d.,%/+-]|deg|rad|turn|none|srgb|display-p3)*\)$/;
const COLOR_NAME = /^[a-z]{3,24}$/;
/** Words that are no colour and yet pass where one may stand. */
const NO_COLORS: ReadonlySet<string> = new Set(['inherit', 'initial', 'unset', 'revert']);
const PRIMITIVE = /^(gray|red|orange|yellow|green|blue|purple|pink)-(\d{1,4})$/;

/** Hue and greatest chroma of each primitive colour, for oklch. */
const HUES: Readonly<Record<string, readonly [hue: number, chroma: number]>> = {
  gray: [270, 0.006],
  red: [25, 0.2],
  orange: [50, 0.17],
  yellow: [88, 0.16],
  green: [150, 0.16],
  blue: [257, 0.19],
  purple: [300, 0.2],
  pink: [350, 0.2],
};

export type Scheme = 'light' | 'dark';

/** What a colour is for; the same word (`primary`, `secondary`) names different tokens. */
export type ColorRole = 'text' | 'background' | 'border' | 'chart';

/** A colour: a token of the role, a primitive such as `red-500`, a CSS colour, or one for each scheme. */
export function cssColor(value: unknown, role: ColorRole, scheme: Scheme): string | undefined {
  if (typeof value === 'object' && value !== null) {
    const chosen: unknown = scheme === 'dark' ? Reflect.get(value, 'dark') : Reflect.get(value, 'light');
    return typeof chosen === 'string' ? cssColor(chosen, role, scheme) : undefined;
  }
  if (typeof value !== 'string' || value.length > MAX_TEXT) return undefined;
  const text = value.trim().toLowerCase();
  const tokens = WIDGET_TOKENS[role];
  if (Object.hasOwn(tokens, text)) return tokens[text];
  const primitive = PRIMITIVE.exec(text);
  if (primitive !== null) return primitiveColor(primitive[1] ?? 'gray', Number(primitive[2]));
  if (HEX.test(text) || COLOR_FUNCTION.test(text)) return text;
  return COLOR_NAME.test(text) && !NO_COLORS.has(text) ? text : undefined;
}

/** Step 0 is nearly white, 1000 nearly black; the middle carries the full colour. */
function primitiveColor(name: string, step: number): string {
  const [hue = 0, chroma = 0] = HUES[name] ?? [];
  const share = Math.min(Math.max(step, 0), 1000) / 1000;
  const lightness = 0.99 - 0.84 * share;
  const strength = Math.sin(Math.PI * Math.min(1, share * 1.05)) ** 0.8;
  return `oklch(${lightness.toFixed(3)} ${(chroma * strength).toFixed(3)} ${hue})`;
}
