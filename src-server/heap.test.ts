import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const heap = path.join(import.meta.dirname, 'heap.ts');

/** Garbage collections in a process of its own, whose heap is too large to need any, while `steps` run. */
async function collections(steps: string): Promise<number> {
  const script = `
    import { PerformanceObserver } from 'node:perf_hooks';
    import { setTimeout } from 'node:timers/promises';
    import { sizeHeapByLoad } from ${JSON.stringify(heap)};
    const running = sizeHeapByLoad();
    let count = 0;
    new PerformanceObserver((list) => { count += list.getEntries().length; }).observe({ entryTypes: ['gc'] });
    ${steps}
    await setTimeout(300);
    console.log(count, typeof gc);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-semi-space-size=64',
    '--min-semi-space-size=64',
    '--input-type=module',
    '-e',
    script,
  ]);
  const [count, global] = stdout.trim().split(' ');
  expect(global).toBe('undefined');
  return Number(count);
}

it('collects what an answer left behind when nobody is answered any more', async () => {
  const [idle, answering, over, again] = await Promise.all([
    collections(''),
    collections('running(1); running(2); running(1);'),
    collections('running(1); running(0);'),
    collections('running(1); running(0); running(1);'),
  ]);
  expect(answering).toBe(idle);
  expect(again).toBe(idle);
  expect(over).toBeGreaterThan(idle);
});
