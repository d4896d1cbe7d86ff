import { expect, it } from 'vitest';
import type { KeptDraft } from '../../../src-shared/api/index.ts';
import { apply, type ProposalTarget } from './use-proposals.ts';

function start(draft: KeptDraft['draft'] | null, isReadable = true) {
  const done: unknown[] = [];
  const target: ProposalTarget = {
    setThreadId: async (id) => void done.push(['thread', id]),
    setComposerValue: async (value) => void done.push(['composer', value]),
    focusComposer: async () => void done.push('focus'),
  };
  const kept = { queue: [], own: [] };
  const api = {
    drafts: async () =>
      isReadable
        ? ({ ok: true, value: draft === null ? {} : { new: { ...kept, draft } } } as const)
        : ({ ok: false, failure: { kind: 'unreachable' } } as const),
  };
  return { done, run: (proposal: Parameters<typeof apply>[0]) => apply(proposal, target, api) };
}

const text = (value: string) => ({ type: 'input_text' as const, text: value });

it('opens a conversation', async () => {
  const { done, run } = start(null);
  await run({ kind: 'thread', threadId: 'thr_1' });
  expect(done).toEqual([['thread', 'thr_1']]);
});

it('writes a text into a new chat, and sends nothing', async () => {
  const { done, run } = start(null);
  await run({ kind: 'new-chat', text: 'Hello' });
  expect(done).toEqual([
    ['thread', null],
    ['composer', { content: [text('Hello')], attachments: [] }],
    'focus',
  ]);
});

it('keeps what was begun there', async () => {
  const { done, run } = start({ content: [text('Mine')], attachments: [], reply: null });
  await run({ kind: 'new-chat', text: 'Hello' });
  expect(done[1]).toEqual(['composer', { content: [text('Mine'), text('\n\nHello')], attachments: [] }]);
});

it('touches nothing when that cannot be read', async () => {
  const { done, run } = start(null, false);
  await run({ kind: 'new-chat', text: 'Hello' });
  expect(done).toEqual([['thread', null]]);
});
