import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResponsesEvent } from './responses-events.ts';

const delta = {
  type: 'response.output_text.delta',
  delta: 'word ',
  item_id: 'msg_1',
  output_index: 1,
  content_index: 2,
};

/** What a server may send where something else belongs. */
const anything = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 2 ** 60, Number.NaN, null, undefined), fc.string());

describe('a raw event', () => {
  it('that is a piece of text is read with everything that tells where it belongs, and nothing else', () => {
    expect(readResponsesEvent({ ...delta, sequence_number: 4, logprobs: [] })).toEqual(delta);
  });

  it('that is a piece of text reads the same at a glance and by the schema', () => {
    const { type } = delta;
    fc.assert(
      fc.property(anything, anything, anything, anything, (delta, item_id, output_index, content_index) => {
        const event = { type, delta, item_id, output_index, content_index };
        // Another name for the same rules, which only the schema knows.
        const slow = readResponsesEvent({ ...event, type: 'response.refusal.delta' });
        const read = readResponsesEvent(event);
        expect(read === null ? null : { ...read, type: 'response.refusal.delta' }).toEqual(slow);
      }),
    );
  });

  it('without its place keeps its text, without text means nothing', () => {
    expect(readResponsesEvent({ type: delta.type, delta: 'x' })).toMatchObject({
      delta: 'x',
      content_index: 0,
    });
    expect(readResponsesEvent({ ...delta, delta: 5 })).toBeNull();
    for (const none of [null, undefined, 'text', 7, [], {}]) expect(readResponsesEvent(none)).toBeNull();
  });
});
