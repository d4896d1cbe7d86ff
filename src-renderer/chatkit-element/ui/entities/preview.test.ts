import { describe, expect, it } from 'vitest';
import { entityOf, readPreview } from './preview.ts';

describe('previews of entities', () => {
  it('takes a Basic widget or nothing, and refuses the rest', () => {
    expect(readPreview({ preview: null })).toEqual({ kind: 'none' });
    const widget = { type: 'Basic', children: [{ type: 'Text', value: 'Hi' }] };
    expect(readPreview({ preview: widget })).toMatchObject({ kind: 'ready', widget });
    expect(readPreview({ preview: { type: 'Card', children: [] } })).toBeNull();
    expect(readPreview({ preview: { type: 'Basic', children: 'x'.repeat(300_000) } })).toBeNull();
    expect(readPreview(undefined)).toBeNull();
  });

  it('gives hosts texts only', () => {
    expect(entityOf({ id: '1', title: 'A', data: { a: 'b', n: 1, o: { p: true } }, group: null })).toEqual({
      ...{ id: '1', title: 'A', interactive: true, data: { a: 'b', n: '1', o: '{"p":true}' } },
    });
  });
});
