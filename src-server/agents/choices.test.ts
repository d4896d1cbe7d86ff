import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StreamError } from '../chatkit/errors.ts';
import { startConversation } from './testing/conversation.ts';
import { fakeModel, MODES } from './testing/fake-model.ts';
import { defineTool } from './tools.ts';

const fake = fakeModel();

const weather = defineTool({
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: z.object({ city: z.string() }),
  title: () => ({ title: 'Weather' }),
  run: ({ city }) => `sunny in ${city}`,
});

const bodySchema = z.looseObject({ model: z.string(), tool_choice: z.unknown().optional() });
const bodies = (from: number) => fake.requests(from).map(({ body }) => bodySchema.parse(body));

describe.each(MODES)('what a person chose, in %s mode', (mode) => {
  const talk = () =>
    startConversation(fake.connection(mode), { models: async () => ['fake-model-large'], tools: [weather] });

  it('is the model that answers', async () => {
    const from = fake.requests().length;
    const conversation = await talk();
    await conversation.ask('Hello', { extra: { inference_options: { model: 'fake-model-large' } } });
    await conversation.ask('Hello', { extra: { inference_options: { model: 'fake-model' } } });
    await conversation.ask('Hello');
    expect(bodies(from).map(({ model }) => model)).toEqual(['fake-model-large', 'fake-model', 'fake-model']);
  });

  it('is the tool that the model has to call', async () => {
    const from = fake.requests().length;
    const conversation = await talk();
    const { error } = await conversation.ask('[tool:get_weather] Go', {
      extra: { inference_options: { tool_choice: { id: 'get_weather' } } },
    });
    expect(error).toBeNull();
    const [first, second] = bodies(from).map((body) => JSON.stringify(body.tool_choice) ?? '');
    expect(first).toContain('get_weather');
    expect(second).not.toContain('get_weather');
  });

  it.each([
    [
      'model',
      { model: 'gpt-nobody-pays-for' },
      'en',
      /^The model that was chosen .* Your message is kept\. Choose/,
    ],
    ['model', { model: 'x' }, 'fr', /^Le modèle choisi .* Votre message est conservé\. Choisissez/],
    [
      'tool',
      { tool_choice: { id: 'launch_rocket' } },
      'en',
      /^The tool that was chosen .* Your message is kept\./,
    ],
    ['tool', { tool_choice: { id: 'y' } }, 'fr', /^L’outil choisi .* Votre message est conservé\./],
  ] as const)(
    'is refused where the %s is not on offer: %o',
    async (_what, inference_options, locale, text) => {
      const from = fake.requests().length;
      const conversation = await talk();
      const { error, events } = await conversation.ask('Hello', { locale, extra: { inference_options } });
      expect((error as StreamError).publicMessage).toMatch(text);
      expect((error as StreamError).allowRetry).toBe(false);
      expect([events, fake.requests(from)]).toEqual([[], []]);
      expect((await conversation.ask('Again')).error).toBeNull();
    },
  );
});

it('does not matter to the guide', async () => {
  const conversation = await startConversation({ kind: 'guide' });
  const { error } = await conversation.ask('Hello', {
    extra: { inference_options: { model: 'm', tool_choice: { id: 't' } } },
  });
  expect(error).toBeNull();
});

it('asks nobody for the list of models where the usual one is meant', async () => {
  let asked = 0;
  const conversation = await startConversation(fake.connection('chat'), {
    models: async () => {
      asked += 1;
      return [];
    },
  });
  await conversation.ask('Hello', { extra: { inference_options: { model: 'fake-model' } } });
  expect(asked).toBe(0);
});
