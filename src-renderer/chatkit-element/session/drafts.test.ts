import { describe, expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';

const file = (id: string) => ({ type: 'file' as const, id, name: `${id}.txt`, mime_type: 'text/plain' });

describe('drafts', () => {
  it('keep files in the order they were chosen, whichever was uploaded first', () => {
    const drafts = createDrafts();
    drafts.attach(null, file('host'), new Set());
    drafts.attach(null, file('c'), new Set());
    drafts.attach(null, file('a'), new Set(['c']));
    drafts.attach(null, file('b'), new Set(['c', 'removed']));
    drafts.attach(null, file('d'), new Set());
    expect(drafts.get(null).attachments.map(({ id }) => id)).toEqual(['host', 'a', 'b', 'c', 'd']);
  });
});
