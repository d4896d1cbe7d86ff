/** A ChatKit server whose handlers do what a case says, behind real HTTP. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { WidgetTemplate } from '../../src-server/chatkit/index.ts';
import { toWire } from '../../src-server/chatkit/wire.ts';
import {
  type Action,
  type AttachmentStore,
  type ChatKitHandlers,
  ChatKitServer,
  chatKitEndpoint,
  type IdKind,
  newId,
  type Store,
  StreamError,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type WidgetItem,
} from '../../src-server/chatkit-server.ts';
import type { RequestContext } from '../../src-server/context.ts';
import {
  attachmentSchema,
  threadMetadataSchema,
  threadStreamEventSchema,
  widgetRootSchema,
} from '../../src-shared/chatkit/index.ts';
import type { ScriptedServer, ScriptOp } from './cases.ts';
import { PERSON } from './stores.ts';

export interface RunningScript {
  readonly url: string;
  /** Calls of handlers since the last call, in the form of a case's `handler_calls`. */
  takeCalls(): object[];
  /** Called when a script wants the client to go away. */
  onClientAbort: () => void;
  /** Resolves when no turn is running any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function runScript(
  script: ScriptedServer,
  store: Store<RequestContext>,
): Promise<RunningScript> {
  const host = { onClientAbort: (): void => undefined };
  let calls: object[] = [];
  const scripts = { respond: 0, action: 0 };
  const nextScript = (kind: 'respond' | 'action'): readonly ScriptOp[] => {
    const all = script[kind] ?? [];
    const chosen = all[Math.min(scripts[kind], all.length - 1)] ?? [];
    scripts[kind] += 1;
    return chosen;
  };
  const play = async function* (
    ops: readonly ScriptOp[],
    thread: ThreadMetadata,
    sender: WidgetItem | null,
    signal: AbortSignal,
  ): AsyncGenerator<ThreadStreamEvent> {
    for (const op of ops) {
      if (op.op !== 'client_abort') {
        const event = runOp(op, thread, sender, store);
        if (event !== null) yield event;
        continue;
      }
      // What was yielded has to reach the client first.
      await new Promise((resolve) => setTimeout(resolve, 60));
      host.onClientAbort();
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      return;
    }
  };
  const { sync_action, transcribe, stream_options } = script;
  const handlers: ChatKitHandlers<RequestContext> = {
    respond(thread, message, _context, signal) {
      calls.push({ handler: 'respond', input_user_message: message === null ? null : toWire(message) });
      return play(nextScript('respond'), thread, null, signal);
    },
    ...(script.action === undefined
      ? {}
      : {
          action(thread, action, sender, _context, signal) {
            calls.push({ handler: 'action', action: withPayload(action), sender_id: sender?.id ?? null });
            return play(nextScript('action'), thread, sender, signal);
          },
        }),
    ...(sync_action === undefined
      ? {}
      : {
          async syncAction(_thread, action, sender) {
            calls.push({
              handler: 'sync_action',
              action: withPayload(action),
              sender_id: sender?.id ?? null,
            });
            if (sender === null || sync_action.updated_widget === undefined) return {};
            return {
              updated_item: { ...sender, widget: widgetRootSchema.parse(sync_action.updated_widget) },
            };
          },
        }),
    async addFeedback(thread_id, item_ids, kind) {
      calls.push({ handler: 'add_feedback', thread_id, item_ids, kind });
    },
    ...(transcribe === undefined
      ? {}
      : {
          async transcribe({ data, mimeType, mediaType }) {
            const bytes_utf8 = Buffer.from(data).toString('utf8');
            calls.push({ handler: 'transcribe', bytes_utf8, mime_type: mimeType, media_type: mediaType });
            return { text: transcribe.text };
          },
        }),
    ...(stream_options === undefined ? {} : { getStreamOptions: () => stream_options }),
  };
  const server = new ChatKitServer<RequestContext>({
    store,
    handlers,
    coalesceMs: 0,
    ...(script.attachment_store === undefined
      ? {}
      : { attachmentStore: ATTACHMENT_STORES[script.attachment_store] }),
  });
  const app = express();
  const ended: Promise<void>[] = [];
  app.use(
    '/chatkit',
    chatKitEndpoint<RequestContext>({
      server,
      contextOf: (_request, life) => {
        ended.push(life.ended);
        return PERSON;
      },
    }),
  );
  const listener = http.createServer(app);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return Object.assign(host, {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/chatkit`,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    async idle() {
      await Promise.all(ended);
    },
    async close() {
      const closed = new Promise((resolve) => listener.close(resolve));
      listener.closeAllConnections();
      await closed;
    },
  });
}

function runOp(
  op: Exclude<ScriptOp, { op: 'client_abort' }>,
  thread: ThreadMetadata,
  sender: WidgetItem | null,
  store: Store<RequestContext>,
): ThreadStreamEvent | null {
  switch (op.op) {
    case 'yield': {
      const fill = (text: string) =>
        text
          .replaceAll('{{thread_id}}', thread.id)
          .replaceAll('{{now}}', new Date().toISOString())
          .replaceAll('{{sender_id}}', sender?.id ?? '')
          .replaceAll(/\{\{gen:(\w+)\}\}/g, (_whole, kind: IdKind) =>
            store.generateItemId(kind, thread, PERSON),
          );
      return threadStreamEventSchema.parse(mapTexts(op.event, fill));
    }
    case 'set_thread':
      Object.assign(thread, threadMetadataSchema.partial().parse(op.fields));
      return null;
    case 'yield_template_widget':
      return {
        type: 'thread.item.done',
        item: {
          type: 'widget',
          id: op.id,
          thread_id: thread.id,
          created_at: new Date().toISOString(),
          widget: WidgetTemplate.parse(op.definition).build(op.data ?? null),
        },
      };
    case 'raise':
      throw toError(op);
    default:
      return op satisfies never;
  }
}

function toError({ error, code, message, allow_retry }: Extract<ScriptOp, { op: 'raise' }>): Error {
  if (error === 'generic') return new Error(message ?? 'raised by the script');
  const retry = allow_retry === undefined ? {} : { allowRetry: allow_retry };
  return error === 'custom'
    ? new StreamError({ code: 'custom', message: message ?? '', ...retry })
    : new StreamError({ code: code ?? 'stream.error', ...retry });
}

function withPayload(action: Action): object {
  return { type: action.type, payload: action.payload ?? null };
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mapTexts(field, change)]));
}

/** The store of the recordings: its addresses and secrets are made up. */
const ATTACHMENT_STORES: Readonly<Record<'two_phase' | 'direct', AttachmentStore<RequestContext>>> = {
  two_phase: {
    generateAttachmentId: () => newId('attachment'),
    async createAttachment({ name, mime_type }) {
      const id = newId('attachment');
      const image = mime_type.startsWith('image/');
      return attachmentSchema.parse({
        type: image ? 'image' : 'file',
        id,
        name,
        mime_type,
        upload_descriptor: {
          url: `https://uploads.example/${id}`,
          method: 'PUT',
          headers: { 'X-Sig': 'abc' },
        },
        metadata: { internal: 'secret' },
        ...(image ? { preview_url: `https://cdn.example/${id}` } : {}),
      });
    },
    deleteAttachment: async () => undefined,
  },
  direct: {
    generateAttachmentId: () => newId('attachment'),
    createAttachment: async () => {
      throw new Error('this store takes direct uploads only');
    },
    deleteAttachment: async () => undefined,
  },
};
