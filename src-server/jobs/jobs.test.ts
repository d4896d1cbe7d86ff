import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openJob } from './index.ts';

let folder: string;
const logged: string[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-jobs-'));
  logged.length = 0;
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A job whose thread runs this. */
function job(script: string) {
  const worker = path.join(folder, 'worker.mjs');
  fs.writeFileSync(
    worker,
    `import { parentPort, workerData } from 'node:worker_threads';\nimport process from 'node:process';\n${script}`,
  );
  return openJob({
    worker,
    result: z.object({ answer: z.number() }),
    log: (line) => logged.push(line),
    now: () => new Date('2026-11-23T08:00:00Z'),
  });
}
const at = '2026-11-23T08:00:00.000Z';

describe('a job', () => {
  it('tells how far it is and what it found, and can run again', async () => {
    const counted = job(`
      parentPort.postMessage({ kind: 'progress', done: 1, total: 2 });
      setTimeout(() => parentPort.postMessage({ kind: 'result', result: { answer: workerData.question * 2 } }), 50);`);
    expect(counted.state()).toEqual({ state: 'idle' });
    counted.start({ question: 21 });
    expect(counted.state()).toEqual({ state: 'running', done: 0, total: 0 });
    await vi.waitFor(() => expect(counted.state()).toEqual({ state: 'running', done: 1, total: 2 }));
    await vi.waitFor(() => expect(counted.state()).toEqual({ state: 'done', at, result: { answer: 42 } }));
    counted.start({ question: 4 });
    await vi.waitFor(() => expect(counted.state()).toMatchObject({ result: { answer: 8 } }));
    expect(logged).toEqual([]);
  });

  it('runs once at a time', async () => {
    const slow = job(
      `setTimeout(() => parentPort.postMessage({ kind: 'result', result: { answer: workerData } }), 100);`,
    );
    slow.start(1);
    slow.start(2);
    await vi.waitFor(() => expect(slow.state()).toMatchObject({ state: 'done', result: { answer: 1 } }));
  });

  it('is cancelled in the middle, for good', async () => {
    const endless = job('for (;;);');
    endless.start(null);
    await endless.cancel();
    expect(endless.state()).toEqual({ state: 'cancelled', at });
    await endless.cancel();
  });

  it.each([
    ['throws', "throw new Error('broken');"],
    ['leaves without an answer', ''],
    ['answers nonsense', "parentPort.postMessage({ kind: 'result', result: { answer: 'x' } });"],
    ['ends itself', 'process.exit(3);'],
  ])('fails when its thread %s, and says so', async (_name, script) => {
    const broken = job(script);
    broken.start(null);
    await vi.waitFor(() => expect(broken.state()).toEqual({ state: 'failed', at }));
    expect(logged).toHaveLength(1);
  });

  it('gives its thread nothing of the environment', async () => {
    vi.stubEnv('FOYER_TEST_SECRET', '42');
    const spy = job(
      "parentPort.postMessage({ kind: 'result', result: { answer: Object.keys(process.env).length } });",
    );
    spy.start(null);
    await vi.waitFor(() => expect(spy.state()).toMatchObject({ result: { answer: 0 } }));
    vi.unstubAllEnvs();
  });
});
