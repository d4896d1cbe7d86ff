import { describe, expect, it } from 'vitest';
import { draftText, type OutgoingMessage, textDraft } from './drafts.ts';
import { createFollowUps, MAX_QUEUED } from './follow-ups.ts';

const message = (text: string): OutgoingMessage => ({
  draft: textDraft(text),
  toolId: null,
  model: null,
});

function setup(...texts: string[]) {
  const queues = createFollowUps();
  for (const text of texts) queues.add('thr_1', message(text));
  const texts_ = (thread = 'thr_1') =>
    queues.get(thread).messages.map((queued) => draftText(queued.message.draft));
  const key = (index: number) => queues.get('thr_1').messages[index]?.key ?? '';
  return { queues, texts: texts_, key };
}

describe('the queue of a thread', () => {
  it('keeps the order, and changes it by single places without passing an end', () => {
    const { queues, texts, key } = setup('a', 'b', 'c');
    queues.move('thr_1', key(2), -1);
    expect(texts()).toEqual(['a', 'c', 'b']);
    queues.move('thr_1', key(0), -1);
    queues.move('thr_1', key(2), 1);
    queues.move('thr_1', 'unknown', 1);
    expect(texts()).toEqual(['a', 'c', 'b']);
  });

  it('takes so many and no more', () => {
    const { queues, texts } = setup();
    for (let n = 0; n < MAX_QUEUED; n += 1) expect(queues.add('thr_1', message(`${n}`))).toBe(true);
    expect(queues.add('thr_1', message('more'))).toBe(false);
    expect(texts()).toHaveLength(MAX_QUEUED);
    expect(queues.add('thr_2', message('elsewhere'))).toBe(true);
  });

  it('puts back what was not sent in front and holds; an empty queue holds nothing', () => {
    const { queues, texts, key } = setup('b');
    queues.putBack('thr_1', [message('a')], 'failed');
    expect(texts()).toEqual(['a', 'b']);
    expect(queues.get('thr_1').held).toBe('failed');
    queues.take('thr_1', key(0));
    queues.take('thr_1', key(0));
    expect(queues.get('thr_1')).toEqual({ messages: [], held: null });
    queues.hold('thr_1', 'stopped');
    expect(queues.get('thr_1').held).toBeNull();
  });

  it('moves to a thread that got its id, behind what waits there', () => {
    const { queues, texts } = setup('a');
    queues.add('', message('new'));
    queues.rename('', 'thr_1');
    expect(texts()).toEqual(['a', 'new']);
    expect(texts('')).toEqual([]);
  });
});
