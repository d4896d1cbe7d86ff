import { describe, expect, it } from 'vitest';
import type {
  StructuredInputItem,
  StructuredQuestion,
  ThreadItem,
  UserMessageItem,
} from '../../../src-shared/chatkit/index.ts';
import { pendingQuestions } from '../state/questions.ts';
import { type AnswerDraft, EMPTY_ANSWER, isAnswered, submission } from './structured-answers.ts';

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

const choice: StructuredQuestion = {
  type: 'multiple_choice',
  id: 'c',
  question: '?',
  options: [],
  multiple: false,
};

describe('answers', () => {
  it('are submitted for each question; none is a skipped one', () => {
    const questions = asked('a').inputs.concat([
      { type: 'multiple_choice', id: 'm', question: '?', options: [], multiple: true },
      { type: 'freeform', id: '__proto__', question: '?' },
    ]);
    const sent = submission(questions, {
      q: { chosen: [], other: false, text: '  yes ' },
      m: { chosen: ['a', 'b'], other: false, text: 'put aside' },
    });
    expect(sent.status).toBe('answered');
    expect(Object.entries(sent.answers ?? {})).toEqual([
      ['q', { values: ['yes'], skipped: false }],
      ['m', { values: ['a', 'b'], skipped: false }],
      ['__proto__', { values: [], skipped: true }],
    ]);
  });

  it('of a choice hold the own one behind the chosen ones, trimmed, each once', () => {
    const several: StructuredQuestion = { ...choice, multiple: true };
    const values = (question: StructuredQuestion, draft: AnswerDraft) =>
      submission([question], { c: draft }).answers.c?.values;
    expect(values(choice, { chosen: [], other: true, text: ' by boat ' })).toEqual(['by boat']);
    expect(values(several, { chosen: ['a'], other: true, text: 'by boat' })).toEqual(['a', 'by boat']);
    expect(values(several, { chosen: ['a'], other: true, text: 'a' })).toEqual(['a']);
    expect(values(choice, { chosen: ['a'], other: false, text: 'by boat' })).toEqual(['a']);
  });

  it('need more than blanks', () => {
    const [open] = asked('a').inputs as [StructuredQuestion];
    expect(isAnswered(open, EMPTY_ANSWER)).toBe(false);
    expect(isAnswered(open, { chosen: [], other: false, text: '  \n' })).toBe(false);
    expect(isAnswered(open, { chosen: [], other: false, text: 'x' })).toBe(true);
    expect(isAnswered(choice, { chosen: ['x'], other: false, text: '' })).toBe(true);
    expect(isAnswered(choice, { chosen: ['x'], other: true, text: ' ' })).toBe(false);
    expect(isAnswered(choice, { chosen: [], other: true, text: 'x' })).toBe(true);
    expect(isAnswered(choice, { chosen: [], other: false, text: 'x' })).toBe(false);
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
