import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('runs work of one key in order, whatever fails, and lets other keys pass', async () => {
  const exclusively = inTurn();
  const seen: string[] = [];
  let open = () => undefined as undefined;
  const gate = new Promise<void>((resolve) => {
    open = () => void resolve();
  });
  const first = exclusively('a', async () => {
    await gate;
    seen.push('first');
    throw new Error('broken');
  });
  const second = exclusively('a', async () => seen.push('second'));
  await exclusively('b', async () => seen.push('other'));
  expect(seen).toEqual(['other']);
  open();
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(seen).toEqual(['other', 'first', 'second']);
});
