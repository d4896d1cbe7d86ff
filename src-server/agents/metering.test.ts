/** Whole turns with a meter: each step and each new attempt is asked for, and none is left open. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Admit } from './connection.ts';
import type { RequestEnd } from './provider/call-meter.ts';
import { startConversation } from './testing/conversation.ts';
import { fakeModel, MODES } from './testing/fake-model.ts';
import { defineTool } from './tools.ts';

const fake = fakeModel();

const weather = defineTool({
  name: 'get_weather',
  description: 'The weather.',
  parameters: z.object({ city: z.string() }),
  title: () => ({ title: 'Looking at the sky' }),
  run: async () => 'sunny',
});

/** Lets everything through and notes each request; after `most` requests there is no money left. */
function counting(most = Number.POSITIVE_INFINITY) {
  let begun = 0;
  const ends: RequestEnd['kind'][] = [];
  const turns: { model: string | null; isFirst: boolean }[] = [];
  const admit: Admit = async ({ connection, model, isFirst }) => {
    turns.push({ model, isFirst });
    return {
      connection,
      allowsTool: (name) => name !== 'forbidden',
      meter: {
        begin() {
          if (begun >= most) return { refused: 'budget-month' };
          begun += 1;
          return { outputTokens: null, end: ({ kind }) => void ends.push(kind) };
        },
      },
    };
  };
  return { admit, ends, turns, begun: () => begun };
}

describe.each(MODES)('a metered turn in %s mode', (mode) => {
  it('asks for each step of a turn with tools', async () => {
    const { admit, ends, begun } = counting();
    const conversation = await startConversation(fake.connection(mode), { admit, tools: [weather] });
    const { texts } = await conversation.ask('[tool:get_weather] What is it like?');
    expect(texts).toEqual(['The tools answered: sunny.']);
    expect(begun()).toBe(2);
    expect(ends).toEqual(['reported', 'reported']);
  });

  it('asks again each time a library tries again', async () => {
    const from = fake.requests().length;
    const { admit, ends, begun } = counting();
    const conversation = await startConversation(fake.connection(mode), { admit });
    expect((await conversation.ask('[status:500]')).error).not.toBeNull();
    expect(begun()).toBe(fake.requests(from).length);
    expect(begun()).toBeGreaterThan(1);
    expect(ends).toEqual(Array.from({ length: begun() }, () => 'free'));
  });

  it('stops between two steps when the budget is used up, and says so', async () => {
    const from = fake.requests().length;
    const { admit, ends } = counting(1);
    const conversation = await startConversation(fake.connection(mode), { admit, tools: [weather] });
    const { error } = await conversation.ask('[tool:get_weather] And now?', { locale: 'fr' });
    expect(String(error)).toMatch(/budget de ce mois.*premier du mois/);
    expect(fake.requests(from)).toHaveLength(1);
    expect(ends).toEqual(['reported']);
  });

  it('tells the end when the person stops the answer', async () => {
    const { admit, ends } = counting();
    const stop = new AbortController();
    const conversation = await startConversation(fake.connection(mode), { admit });
    await conversation.ask('[slow:20]', {
      signal: stop.signal,
      onEvent: () => {
        stop.abort();
        return undefined;
      },
    });
    await expect.poll(() => ends).toHaveLength(1);
    expect(['estimated', 'worst-case']).toContain(ends[0]);
  });

  it('gives the model no tool that is not allowed', async () => {
    const from = fake.requests().length;
    const { admit } = counting();
    const forbidden = { ...weather, name: 'forbidden' };
    const conversation = await startConversation(fake.connection(mode), {
      admit,
      tools: [weather, forbidden],
    });
    await conversation.ask('Hello');
    const sent = JSON.stringify(fake.requests(from)[0]?.body);
    expect(sent).toContain('get_weather');
    expect(sent).not.toContain('forbidden');
  });
});
