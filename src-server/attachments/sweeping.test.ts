/** The hourly sweep: for whom, when, and that it ends. */
import { expect, it } from 'vitest';
import type { Attachment } from '../../src-shared/chatkit/index.ts';
import { memoryStore } from '../chatkit/index.ts';
import { inTurn } from './in-turn.ts';
import type { SealedFiles } from './sealing/index.ts';
import { type Clock, HOUR_MS, startSweeper, systemClock } from './sweeping.ts';

/** A clock that stands still until it is moved. */
function handClock() {
  let time = Date.UTC(2026, 0, 1);
  const timers = new Set<{ work: () => void; every: number; next: number }>();
  const clock: Clock = {
    now: () => time,
    every(milliseconds, work) {
      const timer = { work, every: milliseconds, next: time + milliseconds };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const forward = async (milliseconds: number) => {
    time += milliseconds;
    for (const timer of timers) {
      if (timer.next > time) continue;
      timer.next += timer.every;
      timer.work();
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { clock, forward, timers };
}

function sweeperFor(people: string[], records: (userId: string) => Attachment[], sweepMs = 0) {
  const log: string[] = [];
  const hand = handClock();
  const logged: string[] = [];
  const files = (userId: string): SealedFiles => ({
    draft: () => Promise.reject(new Error('not here')),
    write: () => Promise.reject(new Error('not here')),
    open: () => Promise.reject(new Error('not here')),
    remove: async (name) => void log.push(`remove ${userId} ${name}`),
    sweep: async () => {
      await new Promise((resolve) => setTimeout(resolve, sweepMs));
      log.push(`sweep ${userId}`);
    },
  });
  const sweeper = startSweeper({
    store: { ...memoryStore(), deleteAttachment: async (id) => void log.push(`forget ${id}`) },
    files: ({ userId }) => files(userId),
    records: ({ userId }) =>
      records(userId).map((attachment) => ({ attachment, threadExists: false, inDraft: false })),
    people: () => people.map((userId) => ({ userId, role: 'user' as const })),
    clock: hand.clock,
    exclusively: inTurn(),
    log: (line) => logged.push(line),
  });
  return { sweeper, log, logged, ...hand };
}

const orphan = (id: string): Attachment => ({
  type: 'file',
  id,
  name: 'a',
  mime_type: 'text/plain',
  metadata: {
    kind: 'text',
    size: 1,
    created_at: new Date(Date.UTC(2025, 0, 1)).toISOString(),
    file: `f_${id}`,
  },
});

it('goes to everybody whose history is open, every hour, until it is stopped', async () => {
  const people = ['usr_a'];
  const { sweeper, log, forward, timers } = sweeperFor(people, (userId) => [orphan(`of_${userId}`)]);
  await forward(HOUR_MS - 1);
  expect(log).toEqual([]);
  await forward(1);
  const ofA = ['remove usr_a f_of_usr_a', 'forget of_usr_a', 'sweep usr_a'];
  await expect.poll(() => log).toEqual(ofA);
  people.push('usr_b');
  await forward(HOUR_MS);
  await expect
    .poll(() => log.slice(3))
    .toEqual([...ofA, 'remove usr_b f_of_usr_b', 'forget of_usr_b', 'sweep usr_b']);
  await sweeper.stop();
  expect(timers.size).toBe(0);
});

it('goes on with the next person when somebody’s files cannot be swept', async () => {
  const { log, logged, forward } = sweeperFor(['usr_a', 'usr_b'], (userId) => {
    if (userId === 'usr_a') throw new Error('locked');
    return [];
  });
  await forward(HOUR_MS);
  await expect.poll(() => logged).toEqual(['clearing up attachments failed: locked']);
  await expect.poll(() => log).toEqual(['sweep usr_b']);
});

it('stops only when the sweep under way has ended, and begins no other', async () => {
  const { sweeper, log, forward } = sweeperFor(['usr_a', 'usr_b'], () => [], 300);
  await forward(HOUR_MS);
  expect(log).toEqual([]);
  await sweeper.stop();
  expect(log).toEqual(['sweep usr_a']);
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(log).toEqual(['sweep usr_a']);
});

it('keeps no process alive', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const own = setInterval(() => undefined, 1_000);
  expect(timers()).toBe(before + 1);
  clearInterval(own);
  const stop = systemClock.every(1_000, () => undefined);
  expect(timers()).toBe(before);
  stop();
});
