import { z } from 'zod';
import {
  type Action,
  type Attachment,
  attachmentSchema,
  type Page,
  type StreamingRequest,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageInput,
} from '../../../src-shared/chatkit/index.ts';
import { ChatKitError, isAbort } from '../errors.ts';
import { refusal } from './refusal.ts';
import { beginRun, runFollower, runOf } from './runs.ts';
import { readEvents } from './sse.ts';
import {
  type LoadedThread,
  parseActionAnswer,
  parseItemPage,
  parseThread,
  parseThreadPage,
} from './tolerant.ts';

/** Where requests go and how; asked anew for every request, so that live option changes apply. */
export interface ClientConfig {
  url: string;
  fetch: typeof fetch | undefined;
  /** The one locale sent as `Accept-Language`. */
  locale: string;
  /** Whether answers may go on without this page, where the server can do that. */
  resume: boolean;
}

/** A request as this client writes it: no defaults filled in yet. */
export type StreamRequest = StreamingRequest extends infer R
  ? R extends { type: infer T; params: infer P }
    ? { type: T; params: P }
    : never
  : never;

/** One newest-first or oldest-first page request. */
export interface ListParams {
  limit: number;
  order: 'asc' | 'desc';
  after?: string | undefined;
}

/** The ChatKit operations that the element uses. Every method throws {@link ChatKitError}, or the abort of its signal. */
export interface ProtocolClient {
  /** @param onLost told when the connection to a run broke that is then tried again */
  stream(
    request: StreamRequest,
    signal: AbortSignal,
    onLost?: () => void,
  ): AsyncGenerator<ThreadStreamEvent, void, void>;
  /** The run that is under way in a thread, to {@link followRun}; null when there is none. */
  findRun(threadId: string, signal: AbortSignal): Promise<string | null>;
  /** The events of a run from its beginning, and then as they come. */
  followRun(
    run: string,
    signal: AbortSignal,
    onLost?: () => void,
  ): AsyncGenerator<ThreadStreamEvent, void, void>;
  getThread(threadId: string, signal: AbortSignal): Promise<LoadedThread>;
  listItems(threadId: string, params: ListParams, signal: AbortSignal): Promise<Page<ThreadItem>>;
  listThreads(params: ListParams, signal: AbortSignal): Promise<Page<ThreadMetadata>>;
  renameThread(threadId: string, title: string): Promise<ThreadMetadata>;
  deleteThread(threadId: string): Promise<void>;
  sendFeedback(threadId: string, itemIds: string[], kind: 'positive' | 'negative'): Promise<void>;
  /** An action outside of the stream (protocol §2.6): the changed item, or null when nothing changed. */
  syncAction(
    threadId: string,
    action: Action,
    itemId: string | undefined,
    signal: AbortSignal,
  ): Promise<ThreadItem | null>;
  /** First phase of an upload: the answer says where the bytes go (protocol §2.14). */
  createAttachment(
    file: { name: string; size: number; mime_type: string },
    signal: AbortSignal,
  ): Promise<Attachment>;
  deleteAttachment(attachmentId: string): Promise<void>;
  /** Speech as text (protocol §2.16). */
  transcribe(audio: { audio_base64: string; mime_type: string }, signal: AbortSignal): Promise<string>;
}

const transcriptSchema = z.object({ text: z.string() });

export type { LoadedThread, UserMessageInput };

/**
 * Speaks ChatKit over HTTP. No request is ever repeated on its own: one that may have started a turn must not start two.
 * `onUnknown` hears of stream data that was skipped.
 */
export function createClient(config: () => ClientConfig, onUnknown: (data: string) => void): ProtocolClient {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const { url, fetch: hostFetch, locale } = config();
    let response: Response | undefined;
    try {
      response = await (hostFetch ?? globalThis.fetch)(below(url, path), {
        ...init,
        headers: { 'Accept-Language': locale, ...init.headers },
      });
    } catch (error) {
      if (isAbort(error) || error instanceof ChatKitError) throw error;
      throw new ChatKitError('network', 'The server could not be reached.', { cause: error });
    }
    // A host function that has vanished answers undefined (measured with chatkit-react's wrappers).
    if (response === undefined) throw new ChatKitError('network', 'api.fetch gave no response.');
    return response;
  }

  async function post(
    body: object,
    accept: string,
    signal: AbortSignal | null,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await send('', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept, ...headers },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok) throw await refused(response);
    return response;
  }

  const runs = runFollower(
    (path, { method, after, signal }) =>
      send(path, {
        method,
        headers: after === undefined ? {} : { 'Last-Event-ID': `${after}` },
        signal,
        // To stop an answer must not be forgotten because the page is left right after.
        keepalive: method === 'POST',
      }),
    onUnknown,
  );

  function stopRun(response: Response) {
    const run = runOf(response);
    if (run !== null) runs.stop(run);
    response.body?.cancel().catch(() => {});
  }

  async function json<T>(
    type: string,
    params: object,
    parse: (json: unknown) => T | null,
    signal: AbortSignal | null = null,
  ): Promise<T> {
    const response = await post({ type, params }, 'application/json', signal);
    let body: unknown;
    try {
      body = await response.json();
    } catch (error) {
      if (isAbort(error)) throw error;
      throw new ChatKitError('protocol', `The answer to ${type} was not JSON.`, { cause: error });
    }
    const value = parse(body);
    if (value === null) throw new ChatKitError('protocol', `The answer to ${type} was not understood.`);
    return value;
  }

  return {
    async *stream(request, signal, onLost) {
      const { resume } = config();
      const response = resume
        ? await beginRun(
            (own) => post(request, 'text/event-stream', own, { 'foyer-resume': '1' }),
            signal,
            stopRun,
          )
        : await post(request, 'text/event-stream', signal);
      if (response.body === null) throw new ChatKitError('protocol', 'The response had no body.');
      const run = resume ? runOf(response) : null;
      if (run === null) yield* readEvents(response.body, onUnknown);
      else yield* runs.follow(run, response.body, signal, onLost);
    },
    findRun: async (threadId, signal) => (config().resume ? runs.find(threadId, signal) : null),
    followRun: (run, signal, onLost) => runs.follow(run, null, signal, onLost),
    getThread: (thread_id, signal) => json('threads.get_by_id', { thread_id }, parseThread, signal),
    listItems: (thread_id, params, signal) =>
      json('items.list', { thread_id, ...params }, parseItemPage, signal),
    listThreads: (params, signal) => json('threads.list', params, parseThreadPage, signal),
    async renameThread(thread_id, title) {
      const { thread } = await json('threads.update', { thread_id, title }, parseThread);
      return thread;
    },
    async deleteThread(thread_id) {
      await json('threads.delete', { thread_id }, () => true);
    },
    async sendFeedback(thread_id, item_ids, kind) {
      await json('items.feedback', { thread_id, item_ids, kind }, () => true);
    },
    async syncAction(thread_id, action, item_id, signal) {
      const params = { thread_id, action, ...(item_id === undefined ? {} : { item_id }) };
      const { updated_item } = await json('threads.sync_custom_action', params, parseActionAnswer, signal);
      return updated_item;
    },
    createAttachment: (file, signal) =>
      json('attachments.create', file, (answer) => attachmentSchema.safeParse(answer).data ?? null, signal),
    async deleteAttachment(attachment_id) {
      await json('attachments.delete', { attachment_id }, () => true);
    },
    transcribe: (audio, signal) =>
      json(
        'input.transcribe',
        audio,
        (answer) => transcriptSchema.safeParse(answer).data?.text ?? null,
        signal,
      ),
  };
}

/** An address below the endpoint's own, which may end in a query. */
function below(url: string, path: string): string {
  if (path === '') return url;
  const end = url.search(/[?#]/);
  return `${(end === -1 ? url : url.slice(0, end)).replace(/\/$/, '')}${path}`;
}

async function refused(response: Response): Promise<ChatKitError> {
  const { status } = response;
  const code = status === 401 ? 'unauthorized' : status === 404 ? 'not_found' : 'http';
  return refusal(code, status, await response.json().catch(() => null));
}
