/**
 * Who may call what. Every mounted route and every ChatKit operation stands in a table here; one that is missing
 * fails. Each is called over HTTP as everybody who might.
 */
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChatKitRequest, chatKitRequestSchema } from '../../src-shared/chatkit/index.ts';
import { type Client, clientWith, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';

type Access = 'open' | 'people' | 'ticket' | 'administrators' | 'page' | 'administration page';

/** `people`: everybody signed in. `ticket`: they, with the ticket of this upload. `page`: answers anybody, with a page or the way to one. */
const ROUTES: Readonly<Record<string, Access>> = {
  'GET /api/health': 'open',
  'GET /api/setup': 'open',
  'POST /api/setup': 'open',
  'POST /api/auth/login': 'open',
  'POST /api/auth/login/second-factor': 'open',
  'POST /api/auth/recover': 'open',
  'GET /api/auth/closed': 'people',
  'POST /api/auth/open': 'people',
  'POST /api/auth/open/recovery-code': 'people',
  'POST /api/auth/open/start-over': 'people',
  'POST /api/auth/logout': 'people',
  'GET /api/users/me/security': 'people',
  'POST /api/users/me/recovery-code': 'people',
  'POST /api/users/me/sealing': 'people',
  'DELETE /api/users/me/sealing': 'people',
  'POST /api/users/me/kept-histories/:id': 'people',
  'POST /api/users/me/second-factor': 'people',
  'POST /api/users/me/second-factor/confirm': 'people',
  'POST /api/users/me/second-factor/codes': 'people',
  'DELETE /api/users/me/second-factor': 'people',
  'DELETE /api/admin/users/:id/second-factor': 'administrators',
  'GET /api/users/me': 'people',
  'POST /api/users/me/password': 'people',
  'GET /api/users/me/sessions': 'people',
  'DELETE /api/users/me/sessions': 'people',
  'DELETE /api/users/me/sessions/:id': 'people',
  'GET /api/drafts': 'people',
  'PUT /api/drafts/:key': 'people',
  'DELETE /api/drafts/:key': 'people',
  'POST /api/attachments': 'people',
  'PUT /api/attachments/:id/upload': 'ticket',
  'POST /api/attachments/:id/upload': 'ticket',
  'GET /api/attachments/:id': 'people',
  'GET /api/attachments/:id/preview': 'people',
  'GET /api/attachments/:id/image': 'people',
  'POST /api/chatkit/': 'people',
  'GET /api/chatkit/runs': 'people',
  'GET /api/chatkit/runs/:id': 'people',
  'POST /api/chatkit/runs/:id/stop': 'people',
  'DELETE /api/admin/connections/:id': 'administrators',
  'DELETE /api/admin/policies/:kind/:subject': 'administrators',
  'DELETE /api/admin/users/:id': 'administrators',
  'DELETE /api/admin/users/:id/lock': 'administrators',
  'DELETE /api/admin/users/:id/sessions': 'administrators',
  'GET /api/admin/connections': 'administrators',
  'GET /api/admin/policies': 'administrators',
  'GET /api/admin/settings': 'administrators',
  'GET /api/admin/usage': 'administrators',
  'GET /api/admin/usage.csv': 'administrators',
  'GET /api/admin/users': 'administrators',
  'PATCH /api/admin/connections/:id': 'administrators',
  'PATCH /api/admin/users/:id': 'administrators',
  'POST /api/admin/connections': 'administrators',
  'POST /api/admin/connections/:id/test': 'administrators',
  'POST /api/admin/users': 'administrators',
  'PUT /api/admin/connections/:id/key': 'administrators',
  'PUT /api/admin/connections/:id/models': 'administrators',
  'PUT /api/admin/policies/:kind/:subject': 'administrators',
  'PUT /api/admin/settings': 'administrators',
  'GET /api/me/budget': 'people',
  'GET /api/status': 'people',
  'GET /': 'page',
  'GET /account': 'page',
  'GET /*path': 'page',
  'GET /login': 'page',
  'GET /setup': 'page',
  'GET /admin': 'administration page',
  'GET /admin/*path': 'administration page',
};

interface Layer {
  readonly route?: {
    readonly path: string | string[];
    readonly stack: readonly { readonly method: string }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
  readonly rawPath?: unknown;
}

/** Every route below a router, as `METHOD /path`. @throws for a router whose mount cannot be read */
function routesOf(stack: readonly Layer[], at = ''): string[] {
  return stack.flatMap(({ route, handle, rawPath }) => {
    if (route !== undefined) {
      const methods = [...new Set(route.stack.map(({ method }) => method.toUpperCase()))];
      return [route.path].flat().flatMap((path) => methods.map((method) => `${method} ${at}${path}`));
    }
    if (handle.stack === undefined) return [];
    if (typeof rawPath !== 'string') throw new Error(`a router below "${at}" is mounted nobody knows where`);
    return routesOf(handle.stack, rawPath === '/' ? at : at + rawPath);
  });
}

let foyer: TestFoyer;
let mounted: string[];
let administrator: Client;
const OTHER = { email: 'bob@example.org', password: 'another battery staple' };

beforeAll(async () => {
  const on = vi.spyOn(http.Server.prototype, 'on');
  foyer = await startFoyer();
  const app = on.mock.calls
    .filter(([event]) => String(event) === 'request')
    .map(([, listener]) => listener as unknown as { router?: { stack: readonly Layer[] } })
    .find(({ router }) => router !== undefined);
  on.mockRestore();
  mounted = routesOf(app!.router!.stack);
  administrator = await signIn(foyer.url, ADMINISTRATOR);
  const created = await administrator.rest('POST', '/api/admin/users', OTHER);
  expect(created.status).toBe(201);
});
afterAll(() => foyer.remove());

/** Calls a route with ids that nobody has and an empty body. */
async function call(route: string, headers: Record<string, string>): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(new URL(path.replace(/:\w+|\*\w+/g, 'unknown'), foyer.url), {
    method,
    headers: { ...headers, ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body: '{}' }),
    redirect: 'manual',
  });
  await response.body?.cancel();
  return response.status;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Somebody whose session is over. */
async function signedOut(): Promise<Client> {
  const client = await signIn(foyer.url, OTHER);
  expect((await client.rest('POST', '/api/auth/logout')).ok).toBe(true);
  return client;
}

describe('every route', () => {
  it('stands in the table', () => {
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(Object.entries(ROUTES))('%s is for %s', async (route, access) => {
    const guarded = access === 'people' || access === 'ticket' || access === 'administrators';
    const over = await signedOut();
    const port = new URL(foyer.url).port;
    const strangers = { none: {}, 'bad token': bearer('bad'), 'ended session': bearer(over.token) };
    for (const [who, headers] of Object.entries({
      ...strangers,
      'bad cookie': { Cookie: `foyer_${port}=bad` },
    })) {
      const status = await call(route, headers);
      if (guarded) expect(status, who).toBe(401);
      else if (access === 'administration page') expect(status, who).not.toBe(200);
      else if (access === 'open') expect([200, 409, 422], `${who}: ${status}`).toContain(status);
    }
    for (const person of [OTHER, ADMINISTRATOR]) {
      const status = await call(route, bearer((await signIn(foyer.url, person)).token));
      if (access === 'administration page') expect(status).toBe(person === OTHER ? 302 : 200);
      else if (access === 'ticket' || (access === 'administrators' && person === OTHER))
        expect(status).toBe(403);
      else {
        expect(status).toBeLessThan(500);
        if (guarded) expect([401, 403]).not.toContain(status);
      }
    }
  });
});

/** Parameters of every operation, for a thread and an attachment of the administrator. */
type Operations = Readonly<Record<ChatKitRequest['type'], object>>;

const operations = (thread_id: string, item_id: string, attachment_id: string): Operations => {
  const action = { type: 'press', payload: {} };
  return {
    'threads.create': { input: messageInput('Hello') },
    'threads.add_user_message': { thread_id, input: messageInput('Hello') },
    'threads.add_client_tool_output': { thread_id, result: {} },
    'threads.add_structured_input': { thread_id, item_id, input: { status: 'skipped', answers: {} } },
    'threads.custom_action': { thread_id, item_id, action },
    'threads.retry_after_item': { thread_id, item_id },
    'threads.edit_user_message': { thread_id, item_id, input: messageInput('Hello') },
    'threads.get_by_id': { thread_id },
    'threads.list': {},
    'threads.update': { thread_id, title: 'Taken' },
    'threads.delete': { thread_id },
    'threads.sync_custom_action': { thread_id, item_id, action },
    'items.list': { thread_id },
    'items.feedback': { thread_id, item_ids: [item_id], kind: 'positive' },
    'attachments.create': { name: 'a.txt', size: 1, mime_type: 'text/plain' },
    'attachments.delete': { attachment_id },
    'input.transcribe': { audio_base64: '', mime_type: 'audio/webm' },
  };
};

/** What is not there is as good as deleted, for everybody: these answer alike whether it exists or not. */
const DELETIONS = new Set(['threads.delete', 'attachments.delete']);

/** These name nothing of anybody. */
const OF_NOBODY = new Set(['threads.create', 'threads.list', 'attachments.create', 'input.transcribe']);

const TYPES = chatKitRequestSchema.options.map((option) => option.shape.type.value);

describe('every ChatKit operation', () => {
  const CANARY = 'canary-of-ada';
  let params: Operations;
  let other: Client;
  let threadId: string;
  let attachmentId: string;
  const itemsOfAda = async () =>
    (await administrator.operation('items.list', { thread_id: threadId, order: 'asc' })).json() as Promise<{
      data: { id: string }[];
    }>;

  beforeAll(async () => {
    // One of the routes above ends all other sessions of whoever calls it.
    administrator = await signIn(foyer.url, ADMINISTRATOR);
    for await (const event of administrator.stream('threads.create', { input: messageInput(CANARY) })) {
      if (event.type === 'thread.created') threadId = event.thread.id;
    }
    const form = new FormData();
    form.set('file', new Blob([CANARY], { type: 'text/plain' }), 'ada.txt');
    const uploaded = await fetch(new URL('/api/attachments', foyer.url), {
      method: 'POST',
      headers: bearer(administrator.token),
      body: form,
    });
    const { id } = (await uploaded.json()) as { id: string };
    expect(uploaded.status).toBe(200);
    attachmentId = id;
    params = operations(threadId, (await itemsOfAda()).data[0]!.id, id);
    other = await signIn(foyer.url, OTHER);
    for (const version of ['', '/preview', '/image']) {
      expect((await other.rest('GET', `/api/attachments/${id}${version}`)).status).toBe(404);
    }
  });

  it.each(TYPES)('%s is refused to strangers', async (type) => {
    for (const token of ['bad', (await signedOut()).token]) {
      expect((await clientWith(foyer.url, token).operation(type, params[type])).status).toBe(401);
    }
  });

  it.each(TYPES)('%s shows and changes nothing of another person', async (type) => {
    const before = await itemsOfAda();
    const answer = await other.operation(type, params[type]);
    const text = await answer.text();
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(threadId);
    if (DELETIONS.has(type)) expect(JSON.parse(text)).toEqual({});
    else if (!OF_NOBODY.has(type)) expect(answer.status, text).toBe(404);
    expect(await itemsOfAda()).toEqual(before);
    expect((await administrator.rest('GET', `/api/attachments/${attachmentId}`)).status).toBe(200);
  });
});
