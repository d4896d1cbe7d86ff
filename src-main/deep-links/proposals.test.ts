import { expect, it } from 'vitest';
import type { Proposal } from '../../src-shared/desktop.ts';
import { proposals, WAIT_MS } from './proposals.ts';

const THREAD = 'foyer://thread/thr_1';
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function start() {
  const log: unknown[] = [];
  let answer: (yes: boolean) => void = () => undefined;
  let now = 0;
  const links = proposals({
    confirm: (proposal: Proposal) => {
      log.push(proposal);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    refuse: async () => void log.push('refused'),
    tell: () => void log.push('told'),
    now: () => now,
  });
  return {
    links,
    log,
    answer: async (yes: boolean) => {
      answer(yes);
      await settled();
    },
    later: (ms: number) => {
      now += ms;
    },
  };
}

it('shows what a link proposes, and gives it to the page once the person agrees', async () => {
  const { links, log, answer } = start();
  links.begin();
  links.receive('foyer://new?text=Hello');
  expect(log).toEqual([{ kind: 'new-chat', text: 'Hello' }]);
  expect(links.take(), 'not before').toBeNull();
  await answer(true);
  expect(log.at(-1)).toBe('told');
  expect(links.take()).toEqual({ kind: 'new-chat', text: 'Hello' });
  expect(links.take(), 'once').toBeNull();
});

it('gives nothing when the person does not agree', async () => {
  const { links, log, answer } = start();
  links.begin();
  links.receive(THREAD);
  await answer(false);
  expect(links.take()).toBeNull();
  expect(log).not.toContain('told');
});

it('says so when a link means nothing, and asks nothing', async () => {
  const { links, log } = start();
  links.begin();
  links.receive('foyer://settings?base_url=https://evil.example');
  await settled();
  expect(log).toEqual(['refused']);
});

it('asks one question at a time, whatever is opened meanwhile', async () => {
  const { links, log, answer } = start();
  links.begin();
  for (let i = 0; i < 100; i += 1) links.receive(`foyer://thread/thr_${i}`);
  expect(log).toEqual([{ kind: 'thread', threadId: 'thr_0' }]);
  await answer(true);
  links.receive(THREAD);
  expect(log.at(-1)).toEqual({ kind: 'thread', threadId: 'thr_1' });
});

it('waits for a window, keeping the newest', () => {
  const { links, log } = start();
  links.receive('foyer://thread/thr_old');
  links.receive(THREAD);
  expect(log).toEqual([]);
  links.begin();
  expect(log).toEqual([{ kind: 'thread', threadId: 'thr_1' }]);
});

it('waits for somebody to sign in, but not for ever', async () => {
  const { links, answer, later } = start();
  links.begin();
  links.receive(THREAD);
  await answer(true);
  later(WAIT_MS);
  expect(links.take()).not.toBeNull();
  links.receive(THREAD);
  await answer(true);
  later(WAIT_MS + 1);
  expect(links.take()).toBeNull();
});
