import { expect, it } from 'vitest';
import { threadStreamEventSchema } from '../../src-shared/chatkit/index.ts';
import { askQuestions, callClientTool, clientEffect, notice, progress } from './effects.ts';

const thread = { id: 'thr_1' };

it('makes events of the protocol', () => {
  const events = [
    clientEffect('open', { tab: null }),
    progress('Reading', 'search'),
    notice('warning', '**Careful**', 'Oh'),
    askQuestions(thread, [
      { type: 'multiple_choice', id: 'q', question: 'Which?', options: [{ value: 'a' }] },
    ]),
    callClientTool(thread, 'pick', { from: [1] }),
  ];
  for (const event of events) expect(threadStreamEventSchema.parse(event)).toEqual(event);
});

it('takes ids and the time from its caller', () => {
  const options = { id: 'own_1', callId: 'call_1', now: () => new Date(0) };
  expect(callClientTool(thread, 'pick', {}, options)).toMatchObject({
    item: { id: 'own_1', call_id: 'call_1', created_at: '1970-01-01T00:00:00.000Z', status: 'pending' },
  });
  expect(askQuestions(thread, [], options)).toMatchObject({ item: { id: 'own_1' } });
});

it('refuses icons and questions that are none', () => {
  expect(() => progress('x', 'nonsense' as 'search')).toThrow();
  expect(() => askQuestions(thread, [{ type: 'riddle' } as never])).toThrow();
});
