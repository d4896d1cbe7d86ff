/**
 * Who may call what. Every mounted route and every ChatKit operation stands in a table here; one that is missing
 * fails. Each is called over HTTP as everybody who might: nobody, with an expired session, deactivated, as the owner,
 * another user, a guest and an administrator; and as people whose session is locked, or whose account has to be sealed
 * first. Streams have a table of their own (authorization-streams.test.ts).
 */
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChatKitRequest, chatKitRequestSchema } from '../../src-shared/chatkit/index.ts';
import { type Cast, type Credentials, gather, PEOPLE, STRANGERS, UNSEALED } from '../support/cast.ts';
import { type Client, messageInput } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';

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
  'POST /api/auth/pin': 'open',
  'GET /api/device/people': 'open',
  'DELETE /api/device/people/:id': 'open',
  'GET /api/lock': 'people',
  'POST /api/lock': 'people',
  'POST /api/lock/active': 'people',
  'GET /api/users/me/locking': 'people',
  'PUT /api/users/me/locking': 'people',
  'PUT /api/users/me/pin': 'people',
  'DELETE /api/users/me/pin': 'people',
  'GET /api/admin/locking': 'administrators',
  'PUT /api/admin/locking': 'administrators',
  'GET /api/users/me/keys': 'people',
  'PUT /api/users/me/keys/:connection': 'people',
  'DELETE /api/users/me/keys/:connection': 'people',
  'POST /api/users/me/keys/:connection/test': 'people',
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
  'POST /api/search': 'people',
  'GET /api/export': 'people',
  'GET /api/export/threads/:id': 'people',
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
  'DELETE /api/admin/users/:id/sessions/:session': 'administrators',
  'DELETE /api/admin/audit/verification': 'administrators',
  'DELETE /api/admin/sessions/:id': 'administrators',
  'DELETE /api/admin/storage/integrity': 'administrators',
  'GET /api/admin/about': 'administrators',
  'GET /api/admin/audit': 'administrators',
  'GET /api/admin/audit.csv': 'administrators',
  'GET /api/admin/audit/verification': 'administrators',
  'GET /api/admin/connections': 'administrators',
  'GET /api/admin/policies': 'administrators',
  'GET /api/admin/sessions': 'administrators',
  'GET /api/admin/settings': 'administrators',
  'GET /api/admin/storage': 'administrators',
  'GET /api/admin/usage': 'administrators',
  'GET /api/admin/usage.csv': 'administrators',
  'GET /api/admin/people': 'administrators',
  'GET /api/admin/users': 'administrators',
  'GET /api/admin/users/:id/sessions': 'administrators',
  'PATCH /api/admin/connections/:id': 'administrators',
  'PATCH /api/admin/users/:id': 'administrators',
  'POST /api/admin/audit/verification': 'administrators',
  'POST /api/admin/connections': 'administrators',
  'POST /api/admin/connections/:id/test': 'administrators',
  'POST /api/admin/storage/integrity': 'administrators',
  'POST /api/admin/storage/measurement': 'administrators',
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

/** Seven people have passwords that take their time. */
const SETUP_MS = 60_000;

let foyer: TestFoyer;
let mounted: string[];
let cast: Cast;

beforeAll(async () => {
  const on = vi.spyOn(http.Server.prototype, 'on');
  foyer = await startFoyer();
  const app = on.mock.calls
    .filter(([event]) => String(event) === 'request')
    .map(([, listener]) => listener as unknown as { router?: { stack: readonly Layer[] } })
    .find(({ router }) => router !== undefined);
  on.mockRestore();
  mounted = routesOf(app!.router!.stack);
  cast = await gather(foyer);
}, SETUP_MS);
afterAll(() => foyer.remove());

/** Calls a path as it stands, with an empty body. */
async function send(method: string, path: string, headers: Credentials, body = '{}') {
  const response = await fetch(new URL(path, foyer.url), {
    method,
    headers: { ...headers, ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }) },
    ...(method === 'GET' ? {} : { body }),
    redirect: 'manual',
  });
  return { status: response.status, text: await response.text() };
}

/** Calls a route with ids that nobody has and an empty body. */
async function call(route: string, headers: Credentials): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  return (await send(method, path.replace(/:\w+|\*\w+/g, 'unknown'), headers)).status;
}

const bearer = ({ token }: Client) => ({ Authorization: `Bearer ${token}` });

describe('every route', () => {
  it('stands in the table', () => {
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(Object.entries(ROUTES))('%s is for %s', async (route, access) => {
    for (const stranger of STRANGERS) {
      for (const [how, headers] of Object.entries(await cast.tries(stranger))) {
        const status = await call(route, headers);
        const who = `${stranger} with ${how}: ${status}`;
        if (access === 'page' || access === 'administration page') expect([200, 302], who).toContain(status);
        else if (access === 'open') expect([200, 409, 422], who).toContain(status);
        else expect(status, who).toBe(401);
        if (access === 'administration page') expect(status, who).toBe(302);
      }
    }
    for (const person of PEOPLE) {
      const status = await call(route, bearer(await cast.as(person)));
      const isAdministrator = person === 'administrator';
      if (access === 'administration page') expect(status, person).toBe(isAdministrator ? 200 : 302);
      else if (access === 'ticket' || (access === 'administrators' && !isAdministrator))
        expect(status, person).toBe(403);
      else {
        expect(status, person).toBeLessThan(500);
        if (access !== 'open' && access !== 'page') expect([401, 403], person).not.toContain(status);
      }
    }
  });
});

describe('while a session is locked', () => {
  /** What is left: seeing whose it is, and signing out. Unlocking is signing in, which is open to everybody. */
  const LEFT: Readonly<Record<string, number>> = { 'GET /api/lock': 200, 'POST /api/auth/logout': 204 };
  const guarded = Object.entries(ROUTES).filter(([, access]) =>
    ['people', 'ticket', 'administrators'].includes(access),
  );

  it.each(guarded)('%s answers 423', async (route) => {
    for (const person of PEOPLE) {
      const client = await cast.locked(person);
      expect(await call(route, bearer(client)), person).toBe(LEFT[route] ?? 423);
    }
  });

  it('every ChatKit operation answers 423', async () => {
    const client = await cast.locked('user');
    for (const type of TYPES) {
      const body = JSON.stringify({ type, params: operations('thr_x', 'msg_x', 'atc_x')[type] });
      expect((await send('POST', '/api/chatkit', bearer(client), body)).status, type).toBe(423);
    }
  });
});

describe('before an account that has to be sealed is', () => {
  /** What is left: seeing whose it is, choosing a password, sealing, locking and signing out. */
  const LEFT: Readonly<Record<string, number>> = {
    'GET /api/users/me': 200,
    'POST /api/users/me/password': 422,
    'GET /api/users/me/security': 200,
    'POST /api/users/me/recovery-code': 422,
    'POST /api/users/me/sealing': 422,
    'GET /api/auth/closed': 409,
    'POST /api/auth/open': 409,
    'POST /api/auth/open/recovery-code': 409,
    'POST /api/auth/open/start-over': 409,
    'GET /api/lock': 200,
    'POST /api/lock': 204,
    'POST /api/lock/active': 200,
    'POST /api/auth/logout': 204,
  };
  const guarded = Object.entries(ROUTES).filter(([, access]) =>
    ['people', 'ticket', 'administrators'].includes(access),
  );

  it.each(guarded)('%s answers 403, or leads there', async (route) => {
    for (const person of UNSEALED) {
      const [method = '', path = ''] = route.split(' ');
      const client = await cast.unsealed(person);
      const answer = await send(method, path.replace(/:\w+/g, 'unknown'), bearer(client));
      expect(answer.status, answer.text).toBe(LEFT[route] ?? 403);
      if (LEFT[route] === undefined) expect(answer.text).toContain('"account_not_sealed"');
    }
  });

  it.each(Object.keys(ROUTES).filter((route) => ROUTES[route]?.endsWith('page')))(
    '%s leads there',
    async (route) => {
      for (const person of UNSEALED) {
        const status = await call(route, bearer(await cast.unsealed(person)));
        const isShown = ['GET /', 'GET /account'].includes(route);
        expect(status, person).toBe(isShown ? 200 : 302);
      }
    },
  );

  it('every ChatKit operation answers 403', async () => {
    for (const person of UNSEALED) {
      const client = await cast.unsealed(person);
      for (const type of TYPES) {
        const body = JSON.stringify({ type, params: operations('thr_x', 'msg_x', 'atc_x')[type] });
        const answer = await send('POST', '/api/chatkit', bearer(client), body);
        expect(answer.status, type).toBe(403);
        expect(answer.text, type).toContain('"account_not_sealed"');
      }
    }
  });
});

/** Parameters of every operation, for a thread and an attachment of the user. */
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

/** The things of one person, each with the one canary that nobody else may see. */
interface Things {
  readonly thread: string;
  readonly item: string;
  readonly attachment: string;
  readonly upload: { readonly id: string; readonly headers: Credentials };
  readonly session: string;
}

const CANARY = 'canary-of-uma';
const NOBODYS = 'unknown';

async function thingsOf(owner: Client): Promise<Things> {
  let thread = '';
  for await (const event of owner.stream('threads.create', { input: messageInput(CANARY) })) {
    if (event.type === 'thread.created') thread = event.thread.id;
  }
  const form = new FormData();
  form.set('file', new Blob([CANARY], { type: 'text/plain' }), 'uma.txt');
  const headers = bearer(owner);
  const uploaded = await fetch(new URL('/api/attachments', foyer.url), {
    method: 'POST',
    headers,
    body: form,
  });
  const { id: attachment } = (await uploaded.json()) as { id: string };
  const announced = await owner.operation('attachments.create', operations('', '', '')['attachments.create']);
  const { id, upload_descriptor } = (await announced.json()) as {
    id: string;
    upload_descriptor: { headers: Credentials };
  };
  const sessions = (await (await owner.rest('GET', '/api/users/me/sessions')).json()) as {
    sessions: { id: string; current: boolean }[];
  };
  return {
    thread,
    item: (await itemsOf(owner, thread))[0]!.id,
    attachment,
    upload: { id, headers: upload_descriptor.headers },
    session: sessions.sessions.find(({ current }) => current)!.id,
  };
}

async function itemsOf(owner: Client, thread_id: string) {
  const answer = await owner.operation('items.list', { thread_id, order: 'asc' });
  return ((await answer.json()) as { data: { id: string }[] }).data;
}

/** For each route of people that names a thing: which thing of the owner goes into it, and with what. */
const NAMED: Readonly<Record<string, (things: Things) => { id: string; headers?: Credentials }>> = {
  'DELETE /api/users/me/sessions/:id': ({ session }) => ({ id: session }),
  'PUT /api/drafts/:key': ({ thread }) => ({ id: thread }),
  'DELETE /api/drafts/:key': ({ thread }) => ({ id: thread }),
  'PUT /api/attachments/:id/upload': ({ upload }) => upload,
  'POST /api/attachments/:id/upload': ({ upload }) => upload,
  'GET /api/attachments/:id': ({ attachment }) => ({ id: attachment }),
  'GET /api/attachments/:id/preview': ({ attachment }) => ({ id: attachment }),
  'GET /api/attachments/:id/image': ({ attachment }) => ({ id: attachment }),
  'GET /api/export/threads/:id': ({ thread }) => ({ id: thread }),
};
/** Runs live only while something streams: authorization-streams.test.ts. */
const NAMED_BY_STREAMS = ['GET /api/chatkit/runs/:id', 'POST /api/chatkit/runs/:id/stop'];
/** Only somebody has one who has sealed, was given a password and started over: sealing.test.ts. */
const NAMED_BY_SEALED = ['POST /api/users/me/kept-histories/:id'];
/** These name a connection, which is everybody's; the key is the caller's own: personal-keys.test.ts. */
const NAMED_BY_CONNECTION = [
  'PUT /api/users/me/keys/:connection',
  'DELETE /api/users/me/keys/:connection',
  'POST /api/users/me/keys/:connection/test',
];

describe('every thing of a person', () => {
  let owner: Client;
  let things: Things;
  beforeAll(async () => {
    owner = await cast.as('user');
    things = await thingsOf(owner);
  }, SETUP_MS);

  it('is named in a route of the table', () => {
    const naming = Object.entries(ROUTES)
      .filter(([route, access]) => route.includes('/:') && (access === 'people' || access === 'ticket'))
      .map(([route]) => route);
    const named = [...Object.keys(NAMED), ...NAMED_BY_STREAMS, ...NAMED_BY_SEALED, ...NAMED_BY_CONNECTION];
    expect(named.sort()).toEqual(naming.sort());
  });

  describe.each(Object.entries(NAMED))('%s', (route, named) => {
    const [method = '', path = ''] = route.split(' ');
    const at = (id: string) => path.replace(/:\w+/, id);

    it.each(PEOPLE.filter((person) => person !== 'user'))(
      'answers %s as if it did not exist',
      async (person) => {
        const { id, headers = {} } = named(things);
        const as = { ...headers, ...bearer(await cast.as(person)) };
        const answer = await send(method, at(id), as);
        expect(answer).toEqual(await send(method, at(NOBODYS), as));
        expect(answer.text).not.toContain(CANARY);
        expect((await owner.rest('GET', '/api/users/me')).status, 'the owner is still signed in').toBe(200);
        expect((await owner.rest('GET', `/api/attachments/${things.attachment}`)).status).toBe(200);
      },
    );
  });

  it('can still be used by its owner after all of that', async () => {
    const { id, headers } = things.upload;
    const uploaded = await fetch(new URL(`/api/attachments/${id}/upload`, foyer.url), {
      method: 'PUT',
      headers: { ...headers, ...bearer(owner) },
      body: 'x',
    });
    expect(uploaded.status).toBe(200);
    const read = await owner.rest('GET', `/api/attachments/${things.attachment}`);
    expect(await read.text()).toBe(CANARY);
  });
});

describe('every ChatKit operation', () => {
  let params: Operations;
  let owner: Client;
  let things: Things;

  beforeAll(async () => {
    owner = await cast.as('user');
    things = await thingsOf(owner);
    params = operations(things.thread, things.item, things.attachment);
  }, SETUP_MS);
  const body = (type: ChatKitRequest['type']) => JSON.stringify({ type, params: params[type] });

  it.each(TYPES)('%s is refused to strangers', async (type) => {
    for (const stranger of STRANGERS) {
      for (const [how, headers] of Object.entries(await cast.tries(stranger))) {
        const { status } = await send('POST', '/api/chatkit', headers, body(type));
        expect(status, `${stranger} with ${how}`).toBe(401);
      }
    }
  });

  describe.each(PEOPLE.filter((person) => person !== 'user'))('of %s', (person) => {
    it.each(TYPES)('%s shows and changes nothing of another person', async (type) => {
      const before = await itemsOf(owner, things.thread);
      const { status, text } = await send('POST', '/api/chatkit', bearer(await cast.as(person)), body(type));
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(things.thread);
      if (DELETIONS.has(type)) expect(JSON.parse(text)).toEqual({});
      else if (!OF_NOBODY.has(type)) expect(status, text).toBe(404);
      expect(await itemsOf(owner, things.thread)).toEqual(before);
      expect((await owner.rest('GET', `/api/attachments/${things.attachment}`)).status).toBe(200);
    });
  });

  it.each([...TYPES].sort((a, b) => Number(DELETIONS.has(a)) - Number(DELETIONS.has(b))))(
    '%s is there for the owner',
    async (type) => {
      const { status, text } = await send('POST', '/api/chatkit', bearer(owner), body(type));
      expect(status, text).not.toBe(401);
      expect(status, text).not.toBe(403);
      // What is not offered (transcription) says so.
      if (status >= 500) expect(status, text).toBe(501);
    },
  );
});
