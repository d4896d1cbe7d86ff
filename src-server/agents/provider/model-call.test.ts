import { describe, expect, it } from 'vitest';
import { loadSdk } from '../sdk.ts';
import { startConversation, violations } from '../testing/conversation.ts';
import { fakeModel, MODES } from '../testing/fake-model.ts';
import { connector } from './connect.ts';
import { callModel } from './model-call.ts';

const fake = fakeModel();

describe.each(MODES)('a model without tools, in %s mode', (mode) => {
  it.each(['fake-model', 'gpt-5.4', 'o4-mini', 'gpt-4.1'])('is asked as a runner asks: %s', async (model) => {
    const from = fake.requests().length;
    const sdk = await loadSdk();
    const connection = fake.connection(mode, { model });
    if (connection.kind !== 'provider') throw new Error('not a provider');
    const provider = connector({ fetch, idleMs: 5_000, userAgent: 'Foyer' })(connection, sdk);
    const modelProvider = provider.modelProvider();
    const settings = provider.settings();
    const instructions = 'Be kind.';
    const input = [{ role: 'user' as const, content: 'Hello [burst:2]' }];
    const { signal } = new AbortController();

    const runner = new sdk.core.Runner({ modelProvider, tracingDisabled: true });
    const agent = new sdk.core.Agent({
      name: 'Foyer',
      instructions,
      model,
      modelSettings: settings,
      tools: [],
    });
    const run = await runner.run(agent, input, { stream: true, signal });
    for await (const _event of run);

    const usage = new sdk.core.Usage();
    const named = await modelProvider.getModel(model);
    const output = await callModel(sdk, named, { instructions, input, settings, signal }, usage);

    const [byRunner, direct, ...more] = fake.requests(from).map(({ body, headers }) => {
      const { 'content-length': length, 'content-type': type, authorization } = headers;
      return { body, length, type, authorization };
    });
    expect(more).toEqual([]);
    expect(direct).toEqual(byRunner);
    expect(output.length).toBeGreaterThan(0);
    expect(usage).toMatchObject({
      requests: run.state.usage.requests,
      inputTokens: run.state.usage.inputTokens,
      outputTokens: run.state.usage.outputTokens,
      totalTokens: run.state.usage.totalTokens,
    });
    expect(usage.totalTokens).toBeGreaterThan(0);
  });

  it('is told so when it calls tools all the same, and answers', async () => {
    const from = fake.requests().length;
    const conversation = await startConversation(fake.connection(mode));
    const { error, texts, events } = await conversation.ask('[tool] Hello');
    expect(error).toBeNull();
    expect(texts).toHaveLength(1);
    expect(violations(events)).toEqual([]);
    const [, second, ...more] = fake.requests(from);
    expect(more).toEqual([]);
    expect(JSON.stringify(second?.body)).toContain('There is no tool');
    expect(conversation.logged.at(-1)).toContain('2 calls');
  });
});
