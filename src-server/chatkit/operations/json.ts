/** The ten operations that are answered with one JSON value (protocol §2.6 to §2.16). */
import { Buffer } from 'node:buffer';
import {
  isHiddenItem,
  type JsonRequest,
  type Page,
  type Thread,
  type WidgetItem,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitRequestError } from '../errors.ts';
import type { PageRequest } from '../store.ts';
import { toThread, toWireAttachment, visiblePage } from '../wire.ts';
import { DEFAULT_LIMIT, type Environment, MAX_LIMIT } from './environment.ts';

/**
 * @returns the answer, not yet in its wire form
 * @throws {NotFoundError} and {@link ChatKitRequestError}
 */
export async function answerJson<Context>(
  request: JsonRequest,
  environment: Environment<Context>,
  context: Context,
): Promise<unknown> {
  const { store, handlers } = environment;
  switch (request.type) {
    case 'threads.get_by_id': {
      const thread = await store.loadThread(request.params.thread_id, context);
      const first: PageRequest = { limit: DEFAULT_LIMIT, after: null, order: 'asc' };
      return toThread(thread, await store.loadThreadItems(thread.id, first, context));
    }
    case 'threads.list': {
      const page = await store.loadThreads(pageOf(request.params), context);
      const threads: Page<Thread> = { ...page, data: page.data.map((thread) => toThread(thread)) };
      return threads;
    }
    case 'threads.update': {
      const thread = await store.loadThread(request.params.thread_id, context);
      thread.title = request.params.title;
      await store.saveThread(thread, context);
      return toThread(thread);
    }
    case 'threads.delete':
      await store.deleteThread(request.params.thread_id, context);
      return {};
    case 'threads.sync_custom_action':
      return syncAction(request.params, environment, context);
    case 'items.list': {
      const thread = await store.loadThread(request.params.thread_id, context);
      return visiblePage(await store.loadThreadItems(thread.id, pageOf(request.params), context));
    }
    case 'items.feedback': {
      const { thread_id, item_ids, kind } = request.params;
      await store.loadThread(thread_id, context);
      await handlers.addFeedback?.(thread_id, item_ids, kind, context);
      return {};
    }
    case 'attachments.create': {
      const attachment = await attachmentsOf(environment).createAttachment(request.params, context);
      await store.saveAttachment(attachment, context);
      return toWireAttachment(attachment, environment.attachmentStore?.present);
    }
    case 'attachments.delete':
      await attachmentsOf(environment).deleteAttachment(request.params.attachment_id, context);
      await store.deleteAttachment(request.params.attachment_id, context);
      return {};
    case 'input.transcribe': {
      if (handlers.transcribe === undefined) throw notOffered('Dictation is not offered here.');
      const { audio_base64, mime_type } = request.params;
      const mediaType = mime_type.split(';', 1)[0]?.trim() ?? '';
      const data = Buffer.from(audio_base64, 'base64');
      return handlers.transcribe({ data, mimeType: mime_type, mediaType }, context);
    }
    default:
      return request satisfies never;
  }
}

function pageOf(params: {
  limit?: number | null | undefined;
  after?: string | null | undefined;
  order: PageRequest['order'];
}): PageRequest {
  const asked = params.limit ?? 0;
  const limit = asked > 0 ? Math.min(asked, MAX_LIMIT) : DEFAULT_LIMIT;
  return { limit, after: params.after ?? null, order: params.order };
}

async function syncAction<Context>(
  params: Extract<JsonRequest, { type: 'threads.sync_custom_action' }>['params'],
  { store, handlers }: Environment<Context>,
  context: Context,
): Promise<unknown> {
  const thread = await store.loadThread(params.thread_id, context);
  const sender = params.item_id ? await store.loadItem(thread.id, params.item_id, context) : null;
  if (sender !== null && sender.type !== 'widget') {
    throw new ChatKitRequestError(422, 'not_a_widget', 'Actions come from widgets only.');
  }
  if (handlers.syncAction === undefined) throw notOffered('This action is not offered here.');
  const { updated_item } = await handlers.syncAction(
    thread,
    params.action,
    sender as WidgetItem | null,
    context,
  );
  return updated_item === undefined || isHiddenItem(updated_item) ? {} : { updated_item };
}

function attachmentsOf<Context>({ attachmentStore }: Environment<Context>) {
  if (attachmentStore === null) throw notOffered('Attachments are not offered here.');
  return attachmentStore;
}

function notOffered(message: string): ChatKitRequestError {
  return new ChatKitRequestError(501, 'not_implemented', message);
}
