import { describe, expect, it } from 'vitest';
import { type FormulaSource, markFormulas, readFormula } from './formulas.ts';

/** The formulas of a text, in order. */
function found(text: string): FormulaSource[] {
  return [...markFormulas(text).matchAll(/`(\uE0F0[^`]*)`/g)].flatMap((match) => {
    const formula = readFormula(match[1] ?? '');
    return formula === null ? [] : [formula];
  });
}
const inline = (tex: string) => ({ tex, display: false });
const display = (tex: string) => ({ tex, display: true });

describe('formulas', () => {
  it.each([
    ['a $x^2$ b', [inline('x^2')]],
    ['$a|b$ and $`x`$', [inline('a|b')]],
    ['\\(a_1 * b_1\\), \\[\\sum_{i}\\]', [inline('a_1 * b_1'), display('\\sum_{i}')]],
    ['$$\na\n\nb\n$$', [display('a\n\nb')]],
    ['inline $$a$$ too', [display('a')]],
    ['> $$\n> a\n> $$', [display('a')]],
    ['$x \\$ y$', [inline('x \\$ y')]],
    ['$5x + 3$', [inline('5x + 3')]],
    ['| $a$ | $b$ |', [inline('a'), inline('b')]],
  ])('are found in %j', (text, formulas) => {
    expect(found(text)).toEqual(formulas);
  });

  it.each([
    'Costs $5 and $6.',
    'From $5-$10, or $1,000/$2,000; $5M',
    'US$ 5 and US$ 7',
    '$ x $',
    '\\$x\\$ and \\\\(no',
    '`$x$` and ``a ` $y$``',
    '```tex\n$x$\n$$y$$\n```',
    '~~~\n\\[x\\]\n~~~',
    '- ```\n  $x$\n  ```',
    '```\nunclosed $x$',
    '$unfinished',
    '$$\nunfinished \\frac{1}{',
    '\\[ unfinished',
    'one $a\n\nb$ two',
    '$$$$',
    '$PATH and $HOME are variables',
  ])('are not found in %j', (text) => {
    expect(markFormulas(text)).toBe(text);
  });

  it('cannot be forged, and long ones stay text', () => {
    expect(found('`\uE0F0ihello`')).toEqual([]);
    const long = `$${'x'.repeat(9_000)}$`;
    expect(markFormulas(long)).toBe(long);
    expect(markFormulas('$\uD800$')).toBe('$\uD800$');
  });

  it('takes time in proportion to the text', () => {
    const before = process.cpuUsage();
    for (const piece of ['$', '$$ ', '\\( ', '` ', '$a ', '```\n']) markFormulas(piece.repeat(6_000));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
