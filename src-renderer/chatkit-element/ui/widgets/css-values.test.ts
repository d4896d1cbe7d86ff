import { describe, expect, it } from 'vitest';
import { cssColor, cssFlex, cssLength, cssRatio } from './css-values.ts';

describe('lengths', () => {
  it('counts numbers in pixels or in steps of four', () => {
    expect(cssLength(3, 1)).toBe('3px');
    expect(cssLength(3, 4)).toBe('12px');
    expect(cssLength('2.5', 4)).toBe('10px');
    expect(cssLength(0, 4)).toBe('0px');
  });

  it('keeps known units, words and sums', () => {
    for (const value of [
      '12px',
      '1.5rem',
      '100%',
      'auto',
      'fit-content',
      'calc(100% - 2rem)',
      'min(10px, 50%)',
    ]) {
      expect(cssLength(value, 1)).toBe(value);
    }
  });

  it('refuses everything that could do more than measure', () => {
    const bad: unknown[] = [
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '-4px',
      '1px;position:fixed',
      'url(x)',
      'var(--a)',
      'calc(url(x))',
      'calc(1px',
      'calc(1px))(',
      'attr(x)',
      'env(safe-area-inset-top)',
      `calc(${'1px + '.repeat(50)}1px)`,
      '1px 2px',
      {},
      null,
      true,
    ];
    for (const value of bad) expect(cssLength(value, 1), String(value)).toBeUndefined();
    expect(cssLength(1e9, 1)).toBe('4096px');
  });
});

describe('colours', () => {
  it('knows the tokens of each role', () => {
    expect(cssColor('secondary', 'text', 'light')).toBe('var(--ckw-text-secondary)');
    expect(cssColor('surface', 'background', 'light')).toBe('var(--ck-bg)');
    expect(cssColor('strong', 'border', 'light')).toBe('var(--ck-border-strong)');
    expect(cssColor('blue', 'chart', 'light')).toBe('var(--ckw-chart-blue)');
    expect(cssColor('blue', 'text', 'light')).toBe('blue');
  });

  it('picks the value of the scheme', () => {
    const both = { light: '#fff', dark: 'red-500' };
    expect(cssColor(both, 'text', 'light')).toBe('#fff');
    expect(cssColor(both, 'text', 'dark')).toMatch(/^oklch\(0\.570 0\.\d+ 25\)$/);
  });

  it('makes primitives darker from step to step', () => {
    const lightness = [100, 300, 500, 700, 900].map((step) =>
      Number(/oklch\(([\d.]+)/.exec(cssColor(`green-${step}`, 'text', 'light') ?? '')?.[1]),
    );
    expect(lightness).toEqual([...lightness].sort((a, b) => b - a));
    expect(new Set(lightness).size).toBe(5);
  });

  it('takes CSS colours and nothing else', () => {
    for (const value of ['#abc', '#aabbccdd', 'rgb(1 2 3 / 50%)', 'hsl(120deg 50% 50%)', 'tomato']) {
      expect(cssColor(value, 'text', 'light')).toBe(value);
    }
    const bad = [
      'url(https://x)',
      'red;position:fixed',
      'var(--x)',
      'rgb(url(x))',
      '#ab',
      'image(x)',
      'inherit',
      '',
      7,
      ['red'],
      { light: { light: 'red' } },
      { dark: 'red' },
    ];
    for (const value of bad) expect(cssColor(value, 'background', 'light'), String(value)).toBeUndefined();
  });

  it('has no token from the prototype', () => {
    expect(cssColor('constructor', 'text', 'light')).toBe('constructor');
    expect(cssColor('__proto__', 'text', 'light')).toBeUndefined();
  });
});

describe('flex and ratio', () => {
  it('takes shares and bases', () => {
    expect([1, '1', '1 1 auto', '0 0 40%', 'none'].map(cssFlex)).toEqual([
      '1',
      '1',
      '1 1 auto',
      '0 0 40%',
      'none',
    ]);
    expect(['1;x', 'calc(1)', -1, {}].map(cssFlex)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('takes ratios', () => {
    expect([1.5, '16/9', '4 / 3'].map(cssRatio)).toEqual(['1.5 / 1', '16 / 9', '4 / 3']);
    expect([0, '1/0', 'auto;', 'a'].map(cssRatio)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
