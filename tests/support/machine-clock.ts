/**
 * A clock for limits in real time on a machine that has much else to do. A thread beside the test finds out how much
 * longer work takes than it would alone; so much of the work that this process does is the machine's doing, and does not
 * count. Waiting counts in full, for a timer or a sweep or anything else, and so does work itself.
 */
import { Worker } from 'node:worker_threads';

/** How much a beat of that thread works and rests, in milliseconds, and what it takes at most where nothing hinders it. */
const WORK_MS = 1;
const REST_MS = 4;
const BEAT_MS = (WORK_MS + REST_MS) * 1.2;

export interface MachineClock {
  /** Milliseconds since the clock was started, less those that the machine withheld. */
  now(): number;
  stop(): Promise<void>;
}

/** What the thread does until it is stopped; it adds up what its beats should have taken, and the work that they were. */
const BEATS = `
const { workerData: { shared, work, rest, most } } = require('node:worker_threads');
const sleeping = new Int32Array(new SharedArrayBuffer(4));
const totals = new Float64Array(shared);
const used = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
for (let before = performance.now(); ; ) {
  const from = used();
  while (used() - from < work);
  Atomics.wait(sleeping, 0, 0, rest);
  const now = performance.now();
  totals[0] += Math.min(now - before, most);
  totals[1] = used();
  before = now;
}`;

/** Starts the clock; it takes a fifth of a processor until it is stopped. Resolves when it runs. */
export async function startMachineClock(): Promise<MachineClock> {
  const shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
  const totals = new Float64Array(shared);
  const worker = new Worker(BEATS, {
    eval: true,
    workerData: { shared, work: WORK_MS, rest: REST_MS, most: BEAT_MS },
  });
  await new Promise((resolve, reject) => worker.once('online', resolve).once('error', reject));
  const began = performance.now();
  const usage = process.cpuUsage();
  return {
    now: () => {
      const [unhindered = 0, beats = 0] = totals;
      const real = performance.now() - began;
      const { user, system } = process.cpuUsage(usage);
      const worked = Math.max(0, (user + system) / 1_000 - beats);
      const stretch = Math.max(1, real / Math.max(unhindered, BEAT_MS));
      return Math.max(real - worked * (stretch - 1), real / stretch);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
