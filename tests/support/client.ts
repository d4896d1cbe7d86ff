/** A small client of Foyer's interface for tests and benchmarks: a bearer token, JSON, and event streams. */
import { createParser } from 'eventsource-parser';
import { loginResponseSchema, type User } from '../../src-shared/api/index.ts';
import { type ThreadStreamEvent, threadStreamEventSchema } from '../../src-shared/chatkit/index.ts';

export interface Client {
  readonly token: string;
  /** A REST call; the body is sent as JSON. */
  rest(method: string, path: string, body?: unknown): Promise<Response>;
  /** A ChatKit operation, whatever it answers. */
  operation(type: string, params: unknown, signal?: AbortSignal): Promise<Response>;
  /** A ChatKit operation that streams; ends with the stream. */
  stream(type: string, params: unknown, signal?: AbortSignal): AsyncGenerator<ThreadStreamEvent>;
  /** Sends a message, to a new thread without `threadId`, and waits for the whole answer. */
  ask(text: string, threadId?: string): Promise<ThreadStreamEvent[]>;
}

/**
 * Signs in. A password that an administrator gave is changed and changed back, so that a test can name the password of
 * whom it creates.
 *
 * @throws when that is refused
 */
export async function signIn(url: string, person: { email: string; password: string }): Promise<Client> {
  const { client, user } = await signInAsIs(url, person);
  if (user.password_is_temporary) {
    const between = `${person.password} for now`;
    await changePassword(client, person.password, between);
    await changePassword(client, between, person.password);
  }
  return client;
}

/** Changes the own password. @throws when that is refused */
export async function changePassword(client: Client, current: string, next: string): Promise<void> {
  const body = { current_password: current, new_password: next };
  const response = await client.rest('POST', '/api/users/me/password', body);
  if (!response.ok) throw new Error(`the change of a password answered ${response.status}`);
}

/** Signs in, and leaves a temporary password as it is. @throws when that is refused */
export async function signInAsIs(
  url: string,
  person: { email: string; password: string },
): Promise<{ client: Client; user: User }> {
  const response = await fetch(new URL('/api/auth/login', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(person),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  const { access_token, user } = loginResponseSchema.parse(await response.json());
  return { client: clientWith(url, access_token), user };
}

/** A client that has a token already. */
export function clientWith(url: string, token: string): Client {
  const rest = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
    fetch(new URL(path, url), {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  const operation = (type: string, params: unknown, signal?: AbortSignal) =>
    rest('POST', '/api/chatkit', { type, params }, signal);

  async function* stream(type: string, params: unknown, signal?: AbortSignal) {
    const response = await operation(type, params, signal);
    if (!response.ok || response.body === null) {
      throw new Error(`${type} answered ${response.status}: ${await response.text()}`);
    }
    yield* readEvents(response.body);
  }

  return {
    token,
    rest,
    operation,
    stream,
    ask: async (text, threadId) => {
      const input = messageInput(text);
      const events =
        threadId === undefined
          ? stream('threads.create', { input })
          : stream('threads.add_user_message', { thread_id: threadId, input });
      const seen: ThreadStreamEvent[] = [];
      for await (const event of events) seen.push(event);
      return seen;
    },
  };
}

/** The `input` of a message that is only text. */
export function messageInput(text: string) {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
}

/** The events of a stream as they arrive. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ThreadStreamEvent> {
  const ready: ThreadStreamEvent[] = [];
  const parser = createParser({
    onEvent: (message) => ready.push(threadStreamEventSchema.parse(JSON.parse(message.data))),
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
  }
}

/** The text of the assistant's answers in a list of events. */
export function answerText(events: readonly ThreadStreamEvent[]): string {
  return events
    .flatMap((event) =>
      event.type === 'thread.item.done' && event.item.type === 'assistant_message' ? event.item.content : [],
    )
    .map((part) => part.text)
    .join('');
}
