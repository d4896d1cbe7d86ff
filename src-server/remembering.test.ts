import { expect, it, vi } from 'vitest';
import { originOf } from './outgoing/origin.ts';
import { remembering } from './remembering.ts';

it('works once for each text, whatever it gives, and keeps only so many', () => {
  const work = vi.fn((text: string) => (text === 'nothing' ? undefined : text.length));
  const remembered = remembering(work);
  expect([remembered('abc'), remembered('abc'), remembered('nothing'), remembered('nothing')]).toEqual([
    3,
    3,
    undefined,
    undefined,
  ]);
  expect(work).toHaveBeenCalledTimes(2);
  for (let index = 0; index < 100; index += 1) remembered(`other ${index}`);
  remembered('abc');
  expect(work).toHaveBeenCalledTimes(103);
});

it('remembers no failure', () => {
  const remembered = remembering((text) => JSON.parse(text));
  expect(() => remembered('{')).toThrow();
  expect(() => remembered('{')).toThrow();
});

it.each([
  ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434'],
  ['https://Models.Example:443/v1?a=b', 'https://models.example'],
])('knows that %s belongs to %s', (address, origin) => {
  expect([originOf(address), originOf(address)]).toEqual([origin, origin]);
});
