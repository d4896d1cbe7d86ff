import { describe, expect, it } from 'vitest';
import { ICON_PATHS } from './icon-paths.ts';
import { lucidePath, SAME_AS } from './lucide-paths.ts';

describe('names of lucide.dev', () => {
  it('have a drawing where they are said to have one', () => {
    for (const name of Object.keys(SAME_AS)) expect(lucidePath(name), name).toMatch(/^[mM][\d.]/);
    expect(lucidePath('trash-2')).toBe(ICON_PATHS.trash);
    expect(lucidePath('unlock')).toBe(lucidePath('lock-open'));
    expect(lucidePath('calendar')).toBe(ICON_PATHS.calendar);
    expect(lucidePath('heart')).toMatch(/^M/);
  });

  it.each(['', 'axolotl', 'constructor', '__proto__', 'toString'])('%j is not known', (name) => {
    expect(lucidePath(name)).toBeUndefined();
  });
});
