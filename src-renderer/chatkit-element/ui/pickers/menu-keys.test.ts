import { describe, expect, it } from 'vitest';
import { placeAfter, placeOfTyped } from './menu-keys.ts';

describe('keys in a menu', () => {
  it('go round at the ends', () => {
    expect(placeAfter('ArrowDown', 2, 3)).toBe(0);
    expect(placeAfter('ArrowUp', 0, 3)).toBe(2);
    expect(placeAfter('Home', 2, 3)).toBe(0);
    expect(placeAfter('End', 0, 3)).toBe(2);
  });

  it('start at an end where nothing has the focus', () => {
    expect(placeAfter('ArrowDown', -1, 3)).toBe(0);
    expect(placeAfter('ArrowUp', -1, 3)).toBe(2);
  });

  it('mean nothing in an empty menu, nor when they are others', () => {
    expect(placeAfter('ArrowDown', -1, 0)).toBeNull();
    expect(placeAfter('a', 0, 3)).toBeNull();
  });
});

describe('typing in a menu', () => {
  const labels = ['Calendar', 'École', 'Camera', 'Echo'];

  it('finds the next label that begins so, without accents and case', () => {
    expect(placeOfTyped('e', labels, 0)).toBe(1);
    expect(placeOfTyped('É', labels, 1)).toBe(3);
    expect(placeOfTyped('cam', labels, 0)).toBe(2);
  });

  it('stays while more letters still fit', () => {
    expect(placeOfTyped('ca', labels, 2)).toBe(2);
  });

  it('goes through all with a letter that is repeated', () => {
    expect(placeOfTyped('cc', labels, 0)).toBe(2);
    expect(placeOfTyped('ccc', labels, 2)).toBe(0);
  });

  it('finds nothing where nothing begins so', () => {
    expect(placeOfTyped('x', labels, 0)).toBeNull();
    expect(placeOfTyped(' ', labels, 0)).toBeNull();
    expect(placeOfTyped('a', [], -1)).toBeNull();
  });
});
