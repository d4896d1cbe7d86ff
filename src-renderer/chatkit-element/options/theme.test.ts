import { describe, expect, it } from 'vitest';
import { contrast, readableOn, textOn } from './colors.ts';
import { resolveOptions } from './resolve.ts';
import { themeStyle } from './theme.ts';

function style(theme: unknown) {
  const result = resolveOptions({ api: { url: '/x' }, theme });
  if (result.kind !== 'ok') throw new Error('not ok');
  return themeStyle(result.options.theme);
}

describe('theme', () => {
  it('understands the short form', () => {
    expect(style('dark').attributes).toEqual({ scheme: 'dark', radius: 'pill', density: 'normal' });
  });

  it('maps every field to a property', () => {
    const { properties } = style({
      color: {
        accent: { primary: '#0e7490', level: 2 },
        grayscale: { hue: 200, tint: 5, shade: -1 },
        surface: { background: '#fafafa', foreground: '#111111' },
      },
      typography: { baseSize: 17, fontFamily: 'Inter', fontFamilyMono: 'Menlo' },
    });
    expect(properties).toMatchObject({
      '--ck-accent': 'rgb(14 116 144)',
      '--ck-accent-share': '10%',
      '--ck-gray-hue': '200',
      '--ck-bg': '#fafafa',
      '--ck-fg': '#111111',
      '--ck-font-size': '17px',
      '--ck-font': 'Inter',
      '--ck-mono': 'Menlo',
    });
  });

  it('drops what is no colour', () => {
    const { properties } = style({ color: { accent: { primary: 'red; } * { display: none' } } });
    expect(properties).toEqual({});
  });

  it.each(['#ffff00', '#00ff88', '#000000', '#ffffff', '#777777', '#0e7490'])(
    'keeps text on and in %s readable',
    (hex) => {
      const digits = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
      const color = [digits[0]!, digits[1]!, digits[2]!] as const;
      expect(contrast(textOn(color), color)).toBeGreaterThanOrEqual(4.5);
      for (const background of [[255, 255, 255] as const, [24, 24, 27] as const]) {
        expect(contrast(readableOn(color, background), background)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
