import { describe, expect, it } from 'vitest';
import { nextLength } from './smooth-text.ts';

/** The lengths shown every `step` milliseconds until all of it is there. */
function play(text: string, step: number, shown = 0): number[] {
  const lengths: number[] = [];
  for (let length = shown; length < text.length && lengths.length < 1_000; ) {
    length = nextLength(text, length, step);
    lengths.push(length);
  }
  return lengths;
}

describe('text at an even pace', () => {
  it('shows a burst within about a quarter of a second, most of it early', () => {
    const lengths = play('x'.repeat(1_000), 40);
    expect(lengths.at(-1)).toBe(1_000);
    const late = lengths.findIndex((length) => length >= 950);
    expect((late + 1) * 40).toBeLessThanOrEqual(280);
    expect(lengths[0]).toBeGreaterThan(300);
  });

  it('keeps up with a steady stream, some 100 milliseconds behind', () => {
    let shown = 0;
    let text = '';
    for (let step = 0; step < 100; step += 1) {
      text += 'x'.repeat(256);
      shown = nextLength(text, shown, 40);
    }
    expect(text.length - shown).toBeLessThan(2.5 * 256);
  });

  it('never shows too much at once, and never stands still', () => {
    const lengths = play('x'.repeat(30_000), 5_000);
    for (const [index, length] of lengths.entries()) {
      const step = length - (lengths[index - 1] ?? 0);
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThanOrEqual(1_500);
    }
    expect(nextLength('abc', 1, 0)).toBe(3);
  });

  it('ends between signs, never inside of one', () => {
    const text = '👋'.repeat(200);
    for (const length of play(text, 10)) expect(length % 2).toBe(0);
  });

  it('shows a text that has become shorter as it is', () => {
    expect(nextLength('short', 50, 40)).toBe(5);
  });
});
