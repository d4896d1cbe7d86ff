import { describe, expect, it } from 'vitest';
import type { Attachment, ThreadItem, UserMessageItem } from '../../../src-shared/chatkit/index.ts';
import type { ModelInput, UserPart } from './model-input.ts';
import { type InputTag, ThreadItemConverter } from './thread-item-converter.ts';

const base = { id: 'itm_1', thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
const user = (extra: Partial<UserMessageItem> = {}): UserMessageItem => ({
  type: 'user_message',
  ...base,
  content: [{ type: 'input_text', text: 'Hello' }],
  attachments: [],
  inference_options: {},
  ...extra,
});
const said = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
const wire = (...items: ThreadItem[]) => new ThreadItemConverter().toResponsesInput(items);
const tag = (text: string): UserMessageItem['content'][number] => ({
  type: 'input_tag',
  id: text,
  text,
  data: {},
  interactive: false,
});
const attachment: Attachment = { type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain' };

describe('items for the Responses API (protocol §8.2)', () => {
  it('are one message each, with the quote of the last as another', async () => {
    const first = user({ quoted_text: 'old' });
    expect(await wire(first, user({ quoted_text: 'new' }))).toEqual([
      said('Hello'),
      said('Hello'),
      said('<QuotedText>\nnew\n</QuotedText>'),
    ]);
  });

  it('hold answers without citations', async () => {
    const url = { type: 'url' as const, url: 'https://example.org', title: 'x' };
    const annotations = [{ type: 'annotation' as const, source: url }];
    const content = [{ type: 'output_text' as const, text: 'A', annotations }];
    expect(await wire({ type: 'assistant_message', ...base, content })).toEqual([
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'A', annotations: [], logprobs: null }],
      },
    ]);
  });

  it('hold calls of client tools with their results, once there are any', async () => {
    const call = { type: 'client_tool_call' as const, ...base, call_id: 'c', name: 'n' };
    const args = { a: [1, 'é', null], b: {} };
    expect(
      await wire(
        { ...call, arguments: args, status: 'pending' },
        { ...call, arguments: args, status: 'completed', output: { ok: true } },
      ),
    ).toEqual([
      { type: 'function_call', call_id: 'c', name: 'n', arguments: '{"a": [1, "é", null], "b": {}}' },
      { type: 'function_call_output', call_id: 'c', output: '{"ok": true}' },
    ]);
  });

  it('hold each custom task of a workflow, and nothing of its thoughts', async () => {
    const tasks = [
      { type: 'custom' as const, status_indicator: 'none' as const, title: 'T', content: 'C' },
      { type: 'thought' as const, status_indicator: 'none' as const, content: 'secret' },
      { type: 'custom' as const, status_indicator: 'none' as const },
      { type: 'custom' as const, status_indicator: 'none' as const, content: 'only content' },
    ];
    const workflow = { type: 'custom' as const, tasks, expanded: false };
    expect(await wire({ type: 'workflow', ...base, workflow }, { type: 'end_of_turn', ...base })).toEqual([
      said('<Task>\nT: C\n</Task>'),
      said('<Task>\nonly content\n</Task>'),
    ]);
  });
});

describe('what only the host can explain', () => {
  const refused: readonly [string, ThreadItem][] = [
    ['attachment', user({ attachments: [attachment] })],
    ['tag', user({ content: [tag('Ada')] })],
    ['hiddenContext', { type: 'hidden_context_item', ...base, content: { a: 1 } }],
  ];

  it.each(refused)('is refused by default: %s', async (hook, item) => {
    await expect(wire(item)).rejects.toThrow(`ThreadItemConverter.${hook} is not implemented`);
  });

  class Explaining extends ThreadItemConverter {
    override async attachment({ name, mime_type: mimeType }: Attachment): Promise<UserPart[]> {
      return [{ type: 'file', name, mimeType, dataUrl: `data:${mimeType};base64,AA==` }];
    }
    override async tag({ text }: InputTag): Promise<UserPart> {
      return { type: 'text', text: `about ${text}` };
    }
    override async hiddenContext(content: unknown): Promise<ModelInput[]> {
      return [{ type: 'user', parts: [{ type: 'text', text: JSON.stringify(content) }] }];
    }
  }

  it('is what the host says, tags once each', async () => {
    const items = refused.map(([, item]) => item);
    const twice = user({ content: [tag('Ada'), tag('Ada'), tag('Bob')] });
    expect(await new Explaining().toResponsesInput([...items, twice])).toMatchObject([
      {
        content: [
          { text: 'Hello' },
          { type: 'input_file', filename: 'a.txt', file_data: 'data:text/plain;base64,AA==' },
        ],
      },
      { content: [{ text: '@Ada' }] },
      { content: [{}, { text: 'about Ada' }] },
      { content: [{ text: '{"a":1}' }] },
      { content: [{ text: '@Ada@Ada@Bob' }] },
      { content: [{ type: 'input_text' }, { text: 'about Ada' }, { text: 'about Bob' }] },
    ]);
  });

  it('goes to the SDK in its own shapes', async () => {
    const image = {
      type: 'generated_image' as const,
      ...base,
      image: { id: 'i', url: 'https://example.org/i' },
    };
    const input = await new Explaining().toAgentInput([user({ attachments: [attachment] }), image]);
    expect(input).toMatchObject([
      { role: 'user', content: [{ type: 'input_text' }, { type: 'input_file', filename: 'a.txt' }] },
      {
        role: 'user',
        content: [
          { type: 'input_text' },
          { type: 'input_image', image: 'https://example.org/i', detail: 'auto' },
        ],
      },
    ]);
  });
});
