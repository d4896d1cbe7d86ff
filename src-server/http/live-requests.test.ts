import { expect, it } from 'vitest';
import { Life } from './life.ts';
import { LiveRequests } from './live-requests.ts';

function request() {
  const state = { cut: false };
  const response = {
    destroy: () => {
      state.cut = true;
    },
  };
  const life = new Life(response as unknown as ConstructorParameters<typeof Life>[0]);
  return { life, state };
}

it('stops what a session has running, and waits for its last words', async () => {
  const live = new LiveRequests();
  const { life, state } = request();
  const other = request();
  live.follow('ses_1', life);
  live.follow('ses_2', other.life);
  life.signal.addEventListener('abort', () => setTimeout(() => life.end(), 50));
  let ended = false;
  void life.ended.then(() => (ended = true));
  await live.end(['ses_1']);
  expect([ended, state.cut]).toEqual([true, false]);
  expect(other.life.signal.aborted).toBe(false);
});

it('cuts off what does not stop, within a second', async () => {
  const live = new LiveRequests();
  const { life, state } = request();
  live.follow('ses_1', life);
  const begun = performance.now();
  await live.end(['ses_1']);
  expect(state.cut).toBe(true);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

it('stops at once what was let in a moment before the session ended', async () => {
  const live = new LiveRequests();
  await live.end(['ses_1']);
  const { life } = request();
  live.follow('ses_1', life);
  expect(life.signal.aborted).toBe(true);
  const fresh = request();
  live.follow('ses_2', fresh.life);
  expect(fresh.life.signal.aborted).toBe(false);
});

it('remembers so many ended sessions, not all there ever were', async () => {
  const live = new LiveRequests();
  await live.end(Array.from({ length: 1_001 }, (_, index) => `ses_${index}`));
  const [oldest, newest] = [request(), request()];
  live.follow('ses_0', oldest.life);
  live.follow('ses_1000', newest.life);
  expect([oldest.life.signal.aborted, newest.life.signal.aborted]).toEqual([false, true]);
});
