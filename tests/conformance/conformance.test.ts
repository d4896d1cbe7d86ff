import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bindings, describe as describeDifferences, differences } from './match.ts';
import { type Result, runLines } from './run.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const own = path.join(import.meta.dirname, 'cases');
/** Recorded on the reference server; lies beside the repository where it is at hand. */
const recorded = path.resolve(root, '..', 'shared', 'conformance', 'cases.jsonl');

const failures = (results: readonly Result[]) =>
  results.filter(({ failure }) => failure !== null).map(({ id, failure }) => `${id}: ${failure}`);

describe('conformance', () => {
  it.each(fs.readdirSync(own).filter((name) => name.endsWith('.jsonl')))(
    'our own cases pass: %s',
    async (name) => {
      const results = await runLines(fs.readFileSync(path.join(own, name), 'utf8'));
      expect(results.length).toBeGreaterThan(5);
      expect(failures(results)).toEqual([]);
    },
    60_000,
  );

  if (fs.existsSync(recorded)) {
    it('the recordings of the reference pass', async () => {
      const results = await runLines(fs.readFileSync(recorded, 'utf8'));
      expect(results.length).toBeGreaterThan(100);
      expect(failures(results)).toEqual([]);
    }, 120_000);
  } else {
    console.warn(
      `NOT RUN: the recordings of the reference are not there (${path.relative(root, recorded)}).`,
    );
  }
});

describe('the runner', () => {
  const answer = {
    id: 't1',
    title: 'One',
    created_at: '2001-01-01T00:00:00',
    status: { type: 'active' },
    metadata: {},
    items: { data: [], has_more: false },
  };
  const { items: _items, ...stored } = answer;
  const right = { kind: 'json', body: answer, store_writes: [], handler_calls: [] };
  const failureOf = async (expected: object, more: object = {}) => {
    const request = { type: 'threads.get_by_id', params: { thread_id: 't1' } };
    const test = {
      id: 'x-1',
      kind: 'http',
      title: 'a thread',
      seed: { threads: [{ id: 't1', title: 'One' }] },
      steps: [{ request, expect: expected }],
      final_store: { threads: { t1: { ...stored, created_at: '{{ts}}' } }, items: {} },
    };
    const [result] = await runLines(JSON.stringify({ ...test, ...more }));
    return result?.failure ?? null;
  };

  it('passes what is right', async () => {
    expect(await failureOf(right)).toBeNull();
  });

  it.each<[string, object, object?]>([
    ['another title', { ...right, body: { ...answer, title: 'Two' } }],
    ['a field that is not there', { ...right, body: { ...answer, more: 1 } }],
    ['a field too much', { ...right, body: stored }],
    ['a refusal that did not come', { kind: 'rejected' }],
    ['a stream that did not come', { kind: 'sse', events: [], stream_end: 'complete' }],
    ['a write that did not come', { ...right, store_writes: [['save_thread', 't1']] }],
    ['a call that did not come', { ...right, handler_calls: [{ handler: 'respond' }] }],
    ['a thread too much in the store', right, { final_store: { threads: {}, items: {} } }],
    ['an unknown kind', right, { kind: 'nonsense' }],
    ['an expectation that it does not know', { ...right, more: 1 }],
  ])('fails for %s', async (_what, expected, more) => {
    expect(await failureOf(expected, more)).not.toBeNull();
  });

  it('says where things differ', () => {
    const found = differences(
      { a: [{ b: '{{msg_1}}' }, '{{int}}'] },
      { a: [{ b: 'thr_1' }, 1.5] },
      new Bindings(),
    );
    expect(describeDifferences(found)).toBe(
      'a[0].b: expected {{msg_1}}, got thr_1\na[1]: expected {{int}}, got 1.5',
    );
  });

  it('numbers ids by their first appearance, and never gives one id two names', () => {
    const bindings = new Bindings();
    expect(
      differences(['{{msg_1}}', '{{msg_1}}', '{{msg_2}}'], ['msg_a', 'msg_a', 'msg_b'], bindings),
    ).toEqual([]);
    expect(differences('{{msg_3}}', 'msg_a', bindings)).toHaveLength(1);
    expect(differences('x {{msg_2}}', 'x msg_b', bindings)).toEqual([]);
  });
});
