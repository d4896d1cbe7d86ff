import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHAT_COLORS } from '../pages/chat/chat-options.ts';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');

/** Both values of a token: as shown in light and in dark. */
function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (found === null) throw new Error(`no token --${name}`);
  return { light: found[1]!, dark: found[2]! };
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['paper', 'surface', 'surface-raised', 'surface-sunken'];
const TEXTS = [
  ...['ink', 'ink-soft', 'accent-ink', 'danger-ink', 'warning-ink', 'success-ink'].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((color) => ['on-tile', `tile-${color}`] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['accent-ink', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ink-soft', 'accent-soft'],
  ['danger-ink', 'danger-soft'],
  ['warning-ink', 'warning-soft'],
  ['success-ink', 'success-soft'],
] as const;

describe.each(['light', 'dark'] as const)('tokens in %s', (scheme) => {
  it.each(TEXTS)('text %s on %s is readable', (ink, ground) => {
    expect(contrast(token(ink)[scheme], token(ground)[scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS)('borders of controls and the focus ring stand out on %s', (ground) => {
    expect(contrast(token('line-strong')[scheme], token(ground)[scheme])).toBeGreaterThanOrEqual(3);
    expect(contrast(token('accent')[scheme], token(ground)[scheme])).toBeGreaterThanOrEqual(3);
  });

  it('are the colours that the chat element is given', () => {
    expect(CHAT_COLORS[scheme]).toEqual({
      accent: token('accent')[scheme],
      background: token('surface')[scheme],
      foreground: token('ink')[scheme],
    });
  });
});
