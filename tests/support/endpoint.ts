/** A ChatKit endpoint in a small application of its own, and a client that can drop its connection anywhere. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  type ChatKitEndpointOptions,
  type ChatKitHandlers,
  ChatKitRequestError,
  ChatKitServer,
  chatKitEndpoint,
  memoryStore,
  type RunLimits,
  RunRegistry,
  type Store,
} from '../../src-server/chatkit-server.ts';

export interface Person {
  readonly userId: string;
}

export interface TestEndpoint {
  readonly url: string;
  readonly store: Store<Person>;
  readonly runs: RunRegistry;
  readonly logged: string[];
  readonly server: http.Server;
  close(): Promise<void>;
}

export interface TestEndpointOptions {
  readonly respond: ChatKitHandlers<Person>['respond'];
  readonly handlers?: Partial<ChatKitHandlers<Person>>;
  readonly limits?: Partial<RunLimits>;
  readonly endpoint?: Partial<ChatKitEndpointOptions<Person>>;
}

/** Callers say who they are in the header `x-user`. */
export async function startEndpoint(options: TestEndpointOptions): Promise<TestEndpoint> {
  const store = memoryStore<Person>({ ownerOf: ({ userId }) => userId });
  const runs = new RunRegistry(options.limits);
  const logged: string[] = [];
  const log = (line: string) => logged.push(line);
  const server = new ChatKitServer<Person>({
    store,
    handlers: { respond: options.respond, ...options.handlers },
    coalesceMs: 0,
    log,
  });
  const app = express();
  app.use(
    '/chatkit',
    chatKitEndpoint<Person>({
      server,
      runs,
      log,
      contextOf: (request) => {
        const userId = request.get('x-user');
        if (userId === undefined) throw new ChatKitRequestError(401, 'unauthorized', 'Please sign in.');
        return { userId };
      },
      ownerOf: ({ userId }) => userId,
      ...options.endpoint,
    }),
  );
  const listening = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/chatkit`,
    store,
    runs,
    logged,
    server: listening,
    close: async () => {
      await runs.close();
      listening.closeAllConnections();
      await new Promise((resolve) => listening.close(resolve));
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body came to its proper end. */
  readonly whole: boolean;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Cuts the connection after so many bytes of the body. */
  readonly dropAfter?: number;
  /** Cuts the connection when it aborts. */
  readonly signal?: AbortSignal;
  /** Takes no more than so many bytes in a second. */
  readonly bytesPerSecond?: number;
}

/** One request over a connection of its own; resolves when the body has ended or the connection is cut. */
export function call(url: string, options: CallOptions = {}): Promise<Answer> {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        agent: false,
        headers: {
          'x-user': options.user ?? 'ada',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
      },
      (response) => {
        const dropAfter = options.dropAfter ?? Number.POSITIVE_INFINITY;
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk.subarray(0, Math.max(0, dropAfter - length)));
          length += chunk.length;
          if (length >= dropAfter) request.destroy();
          else if (options.bytesPerSecond !== undefined) {
            response.pause();
            setTimeout(() => response.resume(), (chunk.length / options.bytesPerSecond) * 1_000);
          }
        });
        response.on('error', () => undefined);
        response.on('close', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
            whole: response.complete && length < dropAfter,
          }),
        );
      },
    );
    request.on('error', reject);
    options.signal?.addEventListener('abort', () => request.destroy(), { once: true });
    if (options.signal?.aborted) request.destroy();
    request.end(body);
  });
}

export interface ReceivedEvent {
  /** The SSE id as a number, null without one. */
  readonly id: number | null;
  readonly data: string;
}

/** The events that a body holds entirely; what was cut off does not count, as in any SSE client. */
export function eventsIn(text: string): ReceivedEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const fields = block.split('\n').filter((line) => !line.startsWith(':'));
      const data = fields.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
      const id = fields.find((line) => line.startsWith('id: '))?.slice(4);
      return data.length === 0 ? [] : [{ id: id === undefined ? null : Number(id), data: data.join('\n') }];
    });
}

/** A request that starts a thread with a message. */
export const newThread = (text: string) => ({
  type: 'threads.create',
  params: { input: { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} } },
});
