import { describe, expect, it } from 'vitest';
import type { StructuredInputItem, ThreadItem, UserMessageItem } from '../../../src-shared/chatkit/index.ts';
import { pendingQuestions } from '../state/questions.ts';
import { EMPTY_ANSWER, isAnswered, submission } from './structured-answers.ts';

const base = { thread_id: 't', created_at: '2026-01-01T00:00:00Z' };
const asked = (id: string, status: StructuredInputItem['status'] = 'pending'): StructuredInputItem => ({
  type: 'structured_input',
  id,
  ...base,
  status,
  inputs: [{ type: 'freeform', id: 'q', question: '?' }],
});
const said: UserMessageItem = {
  type: 'user_message',
  id: 'u',
  ...base,
  content: [],
  attachments: [],
  inference_options: {},
};

describe('answers', () => {
  it('are submitted for each question; none is a skipped one', () => {
    const questions = asked('a').inputs.concat([
      { type: 'multiple_choice', id: 'm', question: '?', options: [], multiple: true },
      { type: 'freeform', id: '__proto__', question: '?' },
    ]);
    const sent = submission(questions, {
      q: { chosen: [], text: '  yes ' },
      m: { chosen: ['a', 'b'], text: '' },
    });
    expect(sent.status).toBe('answered');
    expect(Object.entries(sent.answers ?? {})).toEqual([
      ['q', { values: ['yes'], skipped: false }],
      ['m', { values: ['a', 'b'], skipped: false }],
      ['__proto__', { values: [], skipped: true }],
    ]);
  });

  it('need more than blanks', () => {
    expect(isAnswered(EMPTY_ANSWER)).toBe(false);
    expect(isAnswered({ chosen: [], text: '  \n' })).toBe(false);
    expect(isAnswered({ chosen: ['x'], text: '' })).toBe(true);
  });
});

describe('pending questions', () => {
  it('are the newest ones, and only until the person writes something else', () => {
    const of = (...items: ThreadItem[]) => pendingQuestions(items)?.id ?? null;
    expect(of()).toBeNull();
    expect(of(said, asked('a'))).toBe('a');
    expect(of(asked('a'), said)).toBeNull();
    expect(of(asked('a'), asked('b', 'answered'))).toBeNull();
    expect(of({ ...asked('a'), inputs: [] })).toBeNull();
  });
});
