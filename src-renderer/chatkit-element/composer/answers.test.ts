import { describe, expect, it } from 'vitest';
import { MAX_ROWS, readCommands, readEntities, readSelection, tagOf } from './answers.ts';

describe('answers of the host', () => {
  it('keeps usable rows, once each, as single lines', () => {
    expect(
      readEntities([
        { id: '1', title: ' Ada\nLovelace ', group: 'People', data: { team: 'x' }, icon: 'user' },
        { id: '1', title: 'again' },
        { id: '', title: 'no id' },
        { id: '3', title: '  ' },
        { id: '4', title: 'bad data', data: { n: 1 } },
        { id: '5', title: 'much data', data: { n: 'x'.repeat(30_000) } },
        null,
        { id: '6', title: 'x'.repeat(900), interactive: 'yes', group: 7 },
      ]),
    ).toEqual([
      {
        id: '1',
        title: 'Ada Lovelace',
        group: 'People',
        data: { team: 'x' },
        icon: 'user',
        interactive: false,
      },
      { id: '6', title: 'x'.repeat(200), data: {}, interactive: false },
    ]);
  });

  it('takes a limited number, and tells no list from an empty one', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({ id: `${n}`, label: `Command ${n}` }));
    expect(readCommands(many)).toHaveLength(MAX_ROWS);
    expect(readCommands([])).toEqual([]);
    expect(readCommands({ length: 1 })).toBeNull();
    expect(readEntities(undefined)).toBeNull();
  });

  it('reads what a command leads to', () => {
    expect(readSelection(undefined)).toEqual({ type: 'nothing' });
    expect(readSelection({ type: 'menu', commands: [{ id: 'a', label: 'A' }, 3] })).toEqual({
      type: 'menu',
      commands: [{ id: 'a', label: 'A' }],
    });
    expect(readSelection({ type: 'entity', entity: { id: 'e', title: 'E' } })).toMatchObject({
      type: 'entity',
    });
    expect(readSelection({ type: 'entity', entity: {} })).toBeNull();
    expect(readSelection('menu')).toBeNull();
  });

  it('makes the tag of an entity', () => {
    const entity = { id: 'e', title: 'E', interactive: true, data: { a: 'b' }, icon: 'user', group: 'G' };
    expect(tagOf(entity)).toEqual({
      ...{ type: 'input_tag', id: 'e', text: 'E', interactive: true, data: { a: 'b' }, group: 'G' },
    });
  });
});
