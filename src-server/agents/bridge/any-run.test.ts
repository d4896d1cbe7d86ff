/** Whatever a run does, what comes of it is a sound stream. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { violations } from '../testing/conversation.ts';
import {
  chunk,
  play,
  raw,
  responseDone,
  type Step,
  toolCalled,
  toolOutput,
} from '../testing/scripted-run.ts';
import type { AgentContext } from './agent-context.ts';

type MakeStep = (context: AgentContext<null>) => readonly Step[];

const place = fc.record({
  output_index: fc.option(fc.nat(2), { nil: undefined }),
  item_id: fc.constantFrom('a', 'b', 'c', undefined),
  content_index: fc.nat(1),
  summary_index: fc.nat(1),
});
const text = fc.constantFrom('', ' ', '\n\n', 'word', 'More of it.');
const kind = fc.constantFrom(
  'message',
  'reasoning',
  'image_generation_call',
  'web_search_call',
  'code_interpreter_call',
  'function_call',
);
const itemEvent = fc
  .record({ place, kind, text, done: fc.boolean(), result: fc.constantFrom('AA', null) })
  .map(({ place: at, kind: type, text: said, done, result }): MakeStep => {
    const content = said === '' ? [] : [{ type: 'output_text', text: said, annotations: [] }];
    const item = { type, id: at.item_id, content, result };
    return () => raw({ type: `response.output_item.${done ? 'done' : 'added'}`, ...at, item });
  });
const within = fc
  .record({
    place,
    text,
    type: fc.constantFrom(
      'content_part.added',
      'content_part.done',
      'output_text.delta',
      'output_text.done',
      'refusal.delta',
      'output_text.annotation.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_text.delta',
      'reasoning_text.done',
      'image_generation_call.partial_image',
      'unheard.of',
    ),
  })
  .map(({ place: at, text: said, type }): MakeStep => {
    const annotation = { type: 'url_citation', url: 'https://example.org/', end_index: 1 };
    const part = { type: 'output_text', text: said, annotations: [] };
    const fields = {
      delta: said,
      text: said,
      annotation,
      part,
      partial_image_index: 1,
      partial_image_b64: 'AA',
    };
    return () => raw({ type: `response.${type}`, ...at, ...fields });
  });
const call = fc.constantFrom('c1', 'c2');
const other: fc.Arbitrary<MakeStep> = fc.oneof(
  text.map((content) => () => [chunk({ content })]),
  text.map((reasoning) => () => [chunk({ reasoning })]),
  fc.constant(() => [responseDone()]),
  call.map((id) => () => [toolCalled('look_up', id)]),
  call.map((id) => () => [toolOutput(id, 'found')]),
  call.map((id) => (context: AgentContext<null>) => [
    () => context.nested({ event: toolCalled('inner', id), toolCall: { callId: id } }),
  ]),
  fc.constant((context: AgentContext<null>) => [
    () => context.addWorkflowTask({ type: 'custom', title: 'T', status_indicator: 'complete' }),
  ]),
  fc.constant((context: AgentContext<null>) => [
    () => context.startWorkflow({ type: 'reasoning', tasks: [] }),
  ]),
  fc.constant((context: AgentContext<null>) => [() => context.endWorkflow({ title: 'Done' }, true)]),
);

it('items begin and end once, and their text is what was streamed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(itemEvent, within, other), { maxLength: 30 }),
      fc.boolean(),
      async (steps, fails) => {
        const broken = new Error('broken');
        const { events, error } = await play((context) => [
          ...steps.flatMap((step) => step(context)),
          ...(fails ? [broken] : []),
        ]);
        expect(error).toBe(fails ? broken : null);
        expect(violations(events)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
