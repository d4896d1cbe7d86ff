import { expect, it } from 'vitest';
import { TooBusyError, workLimit } from './work-limit.ts';

it('runs so much at once, lets so much wait, and refuses the rest', async () => {
  const limit = workLimit(2, 3);
  const finish: (() => void)[] = [];
  let [running, most] = [0, 0];
  const work = () =>
    limit(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => {
        finish.push(resolve);
      });
      running -= 1;
    });
  const five = Array.from({ length: 5 }, work);
  await expect(work()).rejects.toBeInstanceOf(TooBusyError);
  for (let done = 0; done < 5; done += 1) {
    await expect.poll(() => finish.length).toBeGreaterThan(0);
    finish.shift()?.();
  }
  await Promise.all(five);
  expect(most).toBe(2);
});

it('gives the place back after a failure', async () => {
  const limit = workLimit(1, 0);
  await expect(limit(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(limit(async () => 'fine')).resolves.toBe('fine');
});
