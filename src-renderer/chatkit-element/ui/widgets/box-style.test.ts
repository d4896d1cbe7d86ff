import { describe, expect, it } from 'vitest';
import { borders, boxStyle, margin, padding, sizes } from './box-style.ts';

/** Without what is not set. */
const set = (style: object) =>
  Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));

describe('box props', () => {
  it('become a style', () => {
    const style = boxStyle(
      {
        align: 'start',
        justify: 'between',
        wrap: 'wrap',
        flex: 1,
        gap: 2,
        radius: 'lg',
        background: 'surface',
      },
      'row',
      'light',
    );
    expect(set(style)).toEqual({
      flexDirection: 'row',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      flexWrap: 'wrap',
      flex: '1',
      gap: '8px',
      borderRadius: '10px',
      background: 'var(--ck-bg)',
    });
  });

  it('have edges that follow the direction of writing; a side outweighs its axis', () => {
    expect(set(padding({ x: 3, left: 1, top: 2 }))).toEqual({
      paddingBlockStart: '8px',
      paddingInlineEnd: '12px',
      paddingInlineStart: '4px',
    });
    expect(set(margin('auto'))).toEqual({
      marginBlockStart: 'auto',
      marginInlineEnd: 'auto',
      marginBlockEnd: 'auto',
      marginInlineStart: 'auto',
    });
    expect(set(margin(-8))).toEqual({});
  });

  it('have one size for both sides unless a side has its own', () => {
    expect(set(sizes({ size: 40, width: '50%', minSize: 10, aspectRatio: '1/1' }))).toEqual({
      height: '40px',
      width: '50%',
      minHeight: '10px',
      minWidth: '10px',
      aspectRatio: '1 / 1',
    });
  });

  it('have borders of one line or one for each edge', () => {
    expect(set(borders(2, 'light'))).toMatchObject({ borderBlockStart: '2px solid var(--ck-border)' });
    expect(set(borders({ size: 1, style: 'dashed', color: '#f00' }, 'light'))).toMatchObject({
      borderInlineStart: '1px dashed #f00',
      borderBlockEnd: '1px dashed #f00',
    });
    expect(set(borders({ bottom: { size: 99, color: 'url(x)' } }, 'light'))).toEqual({
      borderBlockEnd: '16px solid var(--ck-border)',
    });
  });
});
