import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { StreamError } from '../../chatkit/errors.ts';
import { type AskOptions, startConversation, violations } from '../testing/conversation.ts';
import { fakeModel, KEY, MODES } from '../testing/fake-model.ts';
import { describeProblem, mayRetry } from './messages.ts';
import type { ProblemKind } from './problem.ts';

const fake = fakeModel();
const limits = { modelCalls: 4 };
const impatient = { idleMs: 400 };

interface Case {
  readonly tag: string;
  readonly kind: ProblemKind;
  /** Requests that reach the server; the client itself tries two more times where that can help. */
  readonly requests?: number;
  readonly partial?: boolean;
  readonly mode?: 'responses' | 'chat';
}

const CASES: readonly Case[] = [
  { tag: '[status:400]', kind: 'rejected' },
  { tag: '[status:401]', kind: 'key-refused' },
  { tag: '[status:402]', kind: 'quota' },
  { tag: '[status:403]', kind: 'forbidden' },
  { tag: '[status:404]', kind: 'model-unknown' },
  { tag: '[status:413]', kind: 'context-too-long' },
  { tag: '[status:429]', kind: 'rate-limited', requests: 3 },
  { tag: '[status:500]', kind: 'provider-error', requests: 3 },
  { tag: '[html]', kind: 'not-a-model-server' },
  { tag: '[redirect]', kind: 'redirected' },
  { tag: '[empty]', kind: 'empty' },
  { tag: '[hang]', kind: 'silent' },
  { tag: '[noheaders]', kind: 'silent' },
  { tag: '[stall]', kind: 'silent', partial: true },
  { tag: '[cut]', kind: 'cut', partial: true },
  { tag: '[early-end]', kind: 'cut', partial: true },
  { tag: '[incomplete]', kind: 'length', partial: true },
  { tag: '[fail]', kind: 'provider-error', partial: true, mode: 'responses' },
  { tag: '[fail]', kind: 'filtered', partial: true, mode: 'chat' },
  { tag: '[errevent]', kind: 'provider-error', mode: 'responses' },
  { tag: '[errevent]', kind: 'provider-error', partial: true, mode: 'chat' },
];

describe.each(MODES)('a failure in %s mode', (mode) => {
  const cases = CASES.filter((one) => one.mode === undefined || one.mode === mode);

  it.each(cases)('is understood: $tag → $kind', async ({ tag, kind, requests = 1, partial = false }) => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode), {
      limits: kind === 'silent' ? impatient : limits,
    });
    const { events, error, texts } = await conversation.ask(`${tag} Hello`);
    expect(error).toBeInstanceOf(StreamError);
    const failure = error as StreamError;
    expect(failure.publicMessage).toBe(describeProblem(kind, { role: 'user', locale: 'en' }, partial));
    expect(failure.code).toBe('custom');
    expect(failure.allowRetry).toBe(mayRetry(kind));
    expect(fake.requests(from)).toHaveLength(requests);
    expect(violations(events)).toEqual([]);
    expect(texts.length).toBe(partial ? 1 : 0);
    expect(conversation.logged.at(-1)).toContain(`failed: ${kind}`);
    const everything = inspect([failure, conversation.logged], { depth: 20, showHidden: true });
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain('fake model says');
  });

  it('keeps the key from everything that a person or a log sees when the server echoes it', async () => {
    const connection = fake.connection(mode, { apiKey: 'sk-wrong-canary' });
    const conversation = await startConversation(connection, { limits });
    const { error } = await conversation.ask('Hello');
    expect((error as StreamError).publicMessage).toContain('refused the key');
    const failure = error as StreamError;
    const seen = inspect([failure, conversation.logged], { depth: 20, showHidden: true });
    expect(seen).not.toContain('sk-wrong-canary');
  });

  it('sends no key where there is none', async () => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode, { apiKey: null }));
    await conversation.ask('Hello');
    expect(fake.requests(from)[0]?.headers.authorization).toBeUndefined();
  });

  it('ends a model that only ever calls tools', async () => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode), { limits });
    const { error } = await conversation.ask('[loop] Hello');
    expect((error as StreamError).publicMessage).toContain('used tools again and again');
    expect(fake.requests(from)).toHaveLength(4);
  });

  it('ends an answer that never ends', async () => {
    const conversation = await startConversation(fake.connection(mode), {
      limits: { answerCharacters: 1_000 },
    });
    const { error, texts, events } = await conversation.ask('[burst:3000] Hello');
    expect((error as StreamError).publicMessage).toContain('grew too long');
    expect(texts[0]?.length).toBeLessThanOrEqual(1_000);
    expect(violations(events)).toEqual([]);
  });

  it('says so when nobody listens', async () => {
    const port = await freePort();
    const conversation = await startConversation({
      kind: 'provider',
      baseUrl: `http://127.0.0.1:${port}/v1`,
      mode,
      apiKey: null,
      model: 'm',
    });
    const { error } = await conversation.ask('Hello');
    expect((error as StreamError).publicMessage).toContain('cannot be reached');
  }, 15_000);

  it('goes on with the conversation after a failure', async () => {
    const conversation = await startConversation(fake.connection(mode), { limits });
    await conversation.ask('[cut] first');
    const { error, texts } = await conversation.ask('second');
    expect(error).toBeNull();
    expect(texts[0]).toContain('You asked: **second**');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a slow answer', () => {
  it.each(MODES)('is not taken for silence in %s mode', async (mode) => {
    const conversation = await startConversation(fake.connection(mode), { limits: impatient });
    const started = performance.now();
    const { error } = await conversation.ask('[slow:20] Hello');
    expect(performance.now() - started).toBeGreaterThan(2 * impatient.idleMs);
    expect(error).toBeNull();
  });
});

describe('refusals that help themselves', () => {
  const strict = fakeModel({ refuseSummaries: true });
  const small = fakeModel({ contextCharacters: 6_000 });

  it('asks again without summaries of the reasoning, and from then on never for them', async () => {
    const conversation = await startConversation(strict.connection('responses', { model: 'gpt-5.1' }));
    const first = await conversation.ask('Hello');
    const second = await conversation.ask('Hello again');
    expect([first.error, second.error]).toEqual([null, null]);
    expect(strict.requests()).toHaveLength(3);
  });

  it.each(MODES)(
    'sends less of a long conversation to a model that reads little, in %s mode',
    async (mode) => {
      const conversation = await startConversation(small.connection(mode));
      for (let at = 0; at < 14; at += 1) {
        const { error } = await conversation.ask(`${'long '.repeat(180)} ${at}`);
        expect(error).toBeNull();
      }
    },
  );

  it('gives up when the message alone is too long', async () => {
    const conversation = await startConversation(small.connection('chat'));
    const { error } = await conversation.ask('x'.repeat(7_000));
    expect((error as StreamError).publicMessage).toContain('longer than the model can read');
    expect((error as StreamError).allowRetry).toBe(false);
  });
});

describe('what a person reads', () => {
  const ask = async (options: AskOptions) => {
    const conversation = await startConversation(fake.connection('chat'), { limits });
    const { error } = await conversation.ask('[status:401] Hello', options);
    return (error as StreamError).publicMessage;
  };

  it('says what happened, what was kept, and what that person can do', async () => {
    expect(await ask({ role: 'administrator' })).toBe(
      'The model server refused the key. Your message is kept. Check the key on the “Model” page, then try again.',
    );
    expect(await ask({ role: 'user', locale: 'fr' })).toBe(
      'Le serveur de modèles a refusé la clé. Votre message est conservé. Demandez à un administrateur de vérifier la clé, puis réessayez.',
    );
  });

  it('has proper French typography everywhere', () => {
    const kinds = [
      ...new Set(CASES.map(({ kind }) => kind)),
      'internal',
      'garbled',
      'answer-too-long',
    ] as const;
    const others = [
      'too-many-steps',
      'unreachable',
      'quota',
      'model-not-offered',
      'tool-not-offered',
    ] as const;
    for (const kind of [...kinds, ...others]) {
      for (const role of ['administrator', 'user'] as const) {
        const text = describeProblem(kind, { role, locale: 'fr' }, true);
        expect(text).not.toMatch(/'|"| [:;?!]|[^\s\u00a0][;?!]/);
        expect(text).toContain('sont conservés.');
      }
    }
  });
});
