/** Colours as numbers, to keep text readable on whatever accent or surface a host picks. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads a CSS colour through the browser's own parser; null where it is none (or there is no canvas). Alpha is ignored. */
export function parseColor(css: string): Rgb | null {
  return parseHex(css) ?? parseWithCanvas(css);
}

function parseHex(css: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(css.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(css.trim());
  const digits = long?.slice(1) ?? short?.slice(1).map((digit) => digit + digit);
  if (digits === undefined) return null;
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

function parseWithCanvas(css: string): Rgb | null {
  if (typeof CSS === 'undefined' || !CSS.supports('color', css)) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Relative luminance, 0…1 (WCAG 2.2). */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1…21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Black or white, whichever reads better on `background`. */
export function textOn(background: Rgb): Rgb {
  return contrast(background, WHITE) >= contrast(background, BLACK) ? WHITE : BLACK;
}

/** `color`, moved towards black or white just far enough to have 4.5:1 on `background`. */
export function readableOn(color: Rgb, background: Rgb): Rgb {
  const target = textOn(background);
  for (let step = 0; step <= 20; step += 1) {
    const [red, green, blue] = color.map((channel, index) =>
      Math.round(channel + ((target[index] ?? 0) - channel) * (step / 20)),
    );
    const mixed: Rgb = [red ?? 0, green ?? 0, blue ?? 0];
    if (contrast(mixed, background) >= 4.5) return mixed;
  }
  return target;
}

export function toCss([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
