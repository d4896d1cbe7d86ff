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
  const failureOf = async (change: (test: Record<string, unknown>) => void) => {
    const test: Record<string, unknown> = {
      id: 'x-1',
      kind: 'http',
      title: 'a list',
      seed: { threads: [{ id: 't1', title: 'One' }] },
      steps: [
        {
          request: { type: 'threads.get_by_id', params: { thread_id: 't1' } },
          expect: {
            kind: 'json',
            body: {
              id: 't1',
              title: 'One',
              created_at: '2001-01-01T00:00:00',
              status: { type: 'active' },
              metadata: {},
              items: { data: [], has_more: false },
            },
            store_writes: [],
            handler_calls: [],
          },
        },
      ],
      final_store: {
        threads: {
          t1: { id: 't1', title: 'One', created_at: '{{ts}}', status: { type: 'active' }, metadata: {} },
        },
        items: {},
      },
    };
    change(test);
    const [result] = await runLines(JSON.stringify(test));
    return result?.failure ?? null;
  };
  const step = (test: Record<string, unknown>) =>
    (test.steps as { expect: Record<string, unknown> }[])[0]!;

  it('passes what is right', async () => {
    expect(await failureOf(() => undefined)).toBeNull();
  });

  it.each<[string, (test: Record<string, unknown>) => void]>([
    ['another title', (test) => void ((step(test).expect.body as { title: string }).title = 'Two')],
    ['a field too much', (test) => void ((step(test).expect.body as { x?: number }).x = 1)],
    ['a refusal that did not come', (test) => void (step(test).expect = { kind: 'rejected' })],
    [
      'a stream that did not come',
      (test) => void (step(test).expect = { kind: 'sse', events: [], stream_end: 'complete' }),
    ],
    [
      'a write that did not come',
      (test) => void (step(test).expect.store_writes = [['save_thread', 't1']]),
    ],
    [
      'a call that did not come',
      (test) => void (step(test).expect.handler_calls = [{ handler: 'respond' }]),
    ],
    ['a thread that is not stored', (test) => void (test.final_store = { threads: {}, items: {} })],
    ['an unknown kind', (test) => void (test.kind = 'nonsense')],
    ['a field that it does not know', (test) => void (step(test).expect.more = 1)],
  ])('fails for %s', async (_what, change) => {
    expect(await failureOf(change)).not.toBeNull();
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
