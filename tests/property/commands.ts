/** Random sequences of all the operations of the protocol, done on the server and on the model. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect } from 'vitest';
import { ChatKitRequestError, NotFoundError, type Store } from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import { attachmentSchema, threadSchema } from '../../src-shared/chatkit/index.ts';
import { PERSON } from '../conformance/stores.ts';
import { applyResult, applyTurn, type ModelThread, type Step, textOf, turn, withFiles } from './model.ts';
import { allItems, input, listThreads, scripted } from './server.ts';

/** One thing that a client does; numbers are taken modulo what there is. */
export type Command =
  | {
      readonly kind: 'create';
      readonly at: number;
      readonly text: string;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: 'say';
      readonly at: number;
      readonly text: string;
      /** Which of the attachments that were ever made. */
      readonly files: readonly number[];
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'act'; readonly at: number; readonly steps: readonly Step[] }
  | { readonly kind: 'press'; readonly at: number; readonly item: number; readonly text: string }
  | { readonly kind: 'upload'; readonly text: string }
  | { readonly kind: 'discard'; readonly file: number }
  | { readonly kind: 'dictate'; readonly audio: Uint8Array }
  | {
      readonly kind: 'answer' | 'result';
      readonly at: number;
      readonly item: number;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'rename'; readonly at: number; readonly text: string }
  | { readonly kind: 'retry'; readonly at: number; readonly item: number; readonly steps: readonly Step[] }
  | {
      readonly kind: 'edit';
      readonly at: number;
      readonly item: number;
      readonly text: string;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'delete' | 'read' | 'rate'; readonly at: number }
  | { readonly kind: 'list'; readonly limit: number; readonly order: 'asc' | 'desc' };

const at = fc.nat({ max: 4 });
const text = fc.string({ minLength: 1, maxLength: 20 });
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), at, text, steps: turn }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      at,
      text,
      files: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
      steps: turn,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('act' as const), at, steps: turn }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('press' as const), at, item: fc.nat({ max: 20 }), text }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('upload' as const), text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('discard' as const), file: fc.nat({ max: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dictate' as const), audio: fc.uint8Array({ maxLength: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), at, text }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('answer' as const, 'result' as const),
      at,
      item: fc.nat({ max: 20 }),
      steps: turn,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('retry' as const), at, item: fc.nat({ max: 20 }), steps: turn }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      at,
      item: fc.nat({ max: 20 }),
      text,
      steps: turn,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'read' as const, 'rate' as const), at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('list' as const),
      limit: fc.integer({ min: 1, max: 5 }),
      order: fc.constantFrom('asc' as const, 'desc' as const),
    }),
  },
);

/** Does what the commands say, on the server and on the model, and compares them. */
export async function runCommands(commands: readonly Command[], store: Store<RequestContext>): Promise<void> {
  const { stream, json } = scripted(store);
  const model = new Map<string, ModelThread>();
  const threadAt = (index: number): [string, ModelThread] | null => {
    const all = [...model];
    return all[index % Math.max(all.length, 1)] ?? null;
  };
  /** Every attachment that was ever made, and whether it is still there. */
  const files: { readonly id: string; there: boolean }[] = [];
  for (const now of commands) {
    if (now.kind === 'upload') {
      const params = { name: now.text, size: 1, mime_type: 'text/plain' };
      const made = attachmentSchema.parse(await json({ type: 'attachments.create', params }));
      expect(made).toMatchObject({ name: now.text, upload_descriptor: { method: 'PUT' } });
      files.push({ id: made.id, there: true });
    } else if (now.kind === 'discard') {
      const file = files[now.file % Math.max(files.length, 1)];
      if (file === undefined) continue;
      expect(await json({ type: 'attachments.delete', params: { attachment_id: file.id } })).toEqual({});
      file.there = false;
    } else if (now.kind === 'dictate') {
      const audio_base64 = Buffer.from(now.audio).toString('base64');
      expect(
        await json({
          type: 'input.transcribe',
          params: { audio_base64, mime_type: 'audio/webm;codecs=opus' },
        }),
      ).toEqual({ text: `audio/webm ${now.audio.length}` });
    } else if (now.kind === 'create') {
      const answer = await stream({ type: 'threads.create', params: { input: input(now.text) } }, now.steps);
      const [created, said] = answer.events;
      if (created?.type !== 'thread.created' || said?.type !== 'thread.item.done')
        throw new Error('not created');
      const thread: ModelThread = { title: null, items: [{ id: said.item.id, text: now.text }] };
      applyTurn(thread, now.steps, answer.number);
      model.set(created.thread.id, thread);
    } else if (now.kind === 'list') {
      expect(await listThreads(json, now.limit, now.order)).toEqual(
        now.order === 'asc' ? [...model.keys()] : [...model.keys()].reverse(),
      );
    } else {
      const found = threadAt(now.at);
      if (found === null) continue;
      const [thread_id, thread] = found;
      switch (now.kind) {
        case 'say': {
          const sent = now.files.flatMap((index) => files[index % Math.max(files.length, 1)] ?? []);
          // Sent twice with one message, a file is there once.
          const ids = [...new Set(sent.map(({ id }) => id))];
          const request = {
            type: 'threads.add_user_message',
            params: {
              thread_id,
              input: input(
                now.text,
                sent.map(({ id }) => id),
              ),
            },
          };
          if (sent.some(({ there }) => !there)) {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          const answer = await stream(request, now.steps);
          const [said] = answer.events;
          if (said?.type !== 'thread.item.done') throw new Error('not said');
          thread.items.push({ id: said.item.id, text: withFiles(now.text, ids) });
          applyTurn(thread, now.steps, answer.number);
          break;
        }
        case 'act': {
          const answer = await stream(
            { type: 'threads.custom_action', params: { thread_id, action: { type: 'go' } } },
            now.steps,
          );
          applyTurn(thread, now.steps, answer.number);
          break;
        }
        case 'press': {
          const item = thread.items[now.item % Math.max(thread.items.length, 1)];
          if (item === undefined) break;
          const action = { type: 'set', payload: now.text };
          const request = {
            type: 'threads.sync_custom_action',
            params: { thread_id, item_id: item.id, action },
          };
          if (item.text?.startsWith('widget: ') !== true) {
            await expect(json(request)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          expect(await json(request)).toMatchObject({ updated_item: { id: item.id, type: 'widget' } });
          item.text = `widget: ${now.text}`;
          break;
        }
        case 'rename':
          await json({ type: 'threads.update', params: { thread_id, title: now.text } });
          thread.title = now.text;
          break;
        case 'retry': {
          const item = thread.items[now.item % Math.max(thread.items.length, 1)];
          if (item === undefined) break;
          const isMessage = item.id.startsWith('msg_');
          const request = { type: 'threads.retry_after_item', params: { thread_id, item_id: item.id } };
          if (!isMessage) {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          thread.items = thread.items.slice(0, thread.items.indexOf(item) + 1);
          applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'edit': {
          const item = thread.items[now.item % Math.max(thread.items.length, 1)];
          if (item === undefined) break;
          const params = { thread_id, item_id: item.id, input: input(now.text) };
          const request = { type: 'threads.edit_user_message', params };
          if (!item.id.startsWith('msg_') || now.text.trim() === '') {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          const answer = await stream(request, now.steps);
          const gone = thread.items.splice(thread.items.indexOf(item));
          const shown = gone.filter((each) => each.text !== null).toReversed();
          expect(answer.events.slice(0, shown.length)).toEqual(
            shown.map(({ id }) => ({ type: 'thread.item.removed', item_id: id })),
          );
          const said = answer.events[shown.length];
          if (said?.type !== 'thread.item.done') throw new Error('not edited');
          thread.items.push({ id: said.item.id, text: now.text });
          applyTurn(thread, now.steps, answer.number);
          break;
        }
        case 'answer': {
          const asked = thread.items.filter((item) => item.text?.startsWith('ask: ') === true);
          const item = asked[now.item % Math.max(asked.length, 1)];
          if (item === undefined) break;
          const params = { thread_id, item_id: item.id, input: { answers: { q: { values: ['so'] } } } };
          const request = { type: 'threads.add_structured_input', params };
          if (item.text !== 'ask: pending') {
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
            break;
          }
          item.text = 'ask: answered';
          applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'result': {
          const request = {
            type: 'threads.add_client_tool_output',
            params: { thread_id, result: { ok: true } },
          };
          if (!applyResult(thread))
            await expect(stream(request, now.steps)).rejects.toThrow(ChatKitRequestError);
          else applyTurn(thread, now.steps, (await stream(request, now.steps)).number);
          break;
        }
        case 'rate':
          expect(
            await json({
              type: 'items.feedback',
              params: { thread_id, item_ids: ['any'], kind: 'positive' },
            }),
          ).toEqual({});
          break;
        case 'delete':
          expect(await json({ type: 'threads.delete', params: { thread_id } })).toEqual({});
          model.delete(thread_id);
          await expect(json({ type: 'threads.get_by_id', params: { thread_id } })).rejects.toThrow(
            ChatKitRequestError,
          );
          break;
        case 'read': {
          const read = threadSchema.parse(await json({ type: 'threads.get_by_id', params: { thread_id } }));
          expect(read.title ?? null).toBe(thread.title);
          expect(read.metadata).toEqual({});
          break;
        }
        default:
          now satisfies never;
      }
    }
  }
  for (const { id, there } of files) {
    if (there) expect((await store.loadAttachment(id, PERSON)).id).toBe(id);
    else await expect(store.loadAttachment(id, PERSON)).rejects.toThrow(NotFoundError);
  }
  for (const [id, thread] of model) {
    expect((await store.loadThread(id, PERSON)).title ?? null).toBe(thread.title);
    expect((await allItems(store, id)).map((item) => ({ id: item.id, text: textOf(item) }))).toEqual(
      thread.items,
    );
  }
}
