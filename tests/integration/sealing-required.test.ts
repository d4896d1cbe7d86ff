/** Where accounts have to be sealed, nothing but what leads there is answered before: pages and programs alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securitySchema } from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { addPerson } from '../support/browser.ts';
import { answerText, type Client, messageInput, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { seal } from '../support/security.ts';
import { codeOf, uploads } from '../support/uploads.ts';

const password = 'a rather good password';

let model: FakeOpenAI;
let foyer: TestFoyer;
let administrator: Client;
beforeAll(async () => {
  model = await startFakeOpenAI();
  const env = { OPENAI_BASE_URL: model.url, OPENAI_API_MODE: 'chat', CHATKIT_AGENT_MODEL: 'fake-model' };
  foyer = await startFoyer({ env });
  administrator = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(async () => {
  await foyer.remove();
  await model.close();
});

async function arrive(name: string): Promise<{ id: string; client: Client }> {
  const person = { email: `${name}@example.org`, password };
  const id = await addPerson(foyer.url, ADMINISTRATOR, person);
  return { id, client: await signIn(foyer.url, person) };
}

async function rule(whose: string, sealing = 'required'): Promise<void> {
  expect((await administrator.rest('PUT', `/api/admin/policies/${whose}`, { sealing })).status).toBe(200);
}

const refusal = async (answer: Promise<Response>) => {
  const response = await answer;
  return [response.status, await codeOf(response)];
};
const REFUSED = [403, 'account_not_sealed'];

describe('where accounts have to be sealed', () => {
  it('a program that holds a token gets no further than sealing, and everything afterwards', async () => {
    const { id, client } = await arrive('bob');
    await client.ask('Written before');
    const up = uploads(foyer.url, client);
    await rule(`people/${id}`);

    expect(await refusal(client.operation('threads.list', {}))).toEqual(REFUSED);
    expect(await refusal(client.operation('threads.create', { input: messageInput('Hello') }))).toEqual(
      REFUSED,
    );
    expect(await refusal(up.direct(Buffer.from('text'), 'a.txt'))).toEqual(REFUSED);
    expect(await refusal(client.rest('PUT', '/api/drafts/new', {}))).toEqual(REFUSED);
    expect(await refusal(client.rest('GET', '/api/status'))).toEqual(REFUSED);
    expect(await refusal(client.rest('GET', '/api/admin/users'))).toEqual(REFUSED);
    expect(await refusal(client.rest('POST', '/api/users/me/second-factor', { password }))).toEqual(REFUSED);

    expect((await client.rest('GET', '/api/health')).status).toBe(200);
    const me = await client.rest('GET', '/api/users/me');
    expect(await me.json()).toMatchObject({ id, protection: 'managed' });
    const security = await client.rest('GET', '/api/users/me/security');
    expect(securitySchema.parse(await security.json())).toMatchObject({
      sealing: 'required',
      protection: 'managed',
    });
    await seal(client, password);
    expect(await (await client.operation('threads.list', {})).json()).toMatchObject({
      data: [expect.anything()],
    });
    expect(answerText(await client.ask('Written afterwards'))).toContain('Written afterwards');
    expect((await up.direct(Buffer.from('text'), 'a.txt')).status).toBe(200);
    expect((await client.rest('GET', '/api/admin/users')).status).toBe(403);
  });

  it('says so in English and in French', async () => {
    const { id, client } = await arrive('eve');
    await rule(`people/${id}`);
    const said = async (language: string) => {
      const headers = { Authorization: `Bearer ${client.token}`, 'Accept-Language': language };
      return (await fetch(new URL('/api/drafts', foyer.url), { headers })).text();
    };
    expect(await said('en')).toContain('has to be sealed before it can be used. Nothing was changed.');
    expect(await said('fr')).toContain('doit être scellé avant de pouvoir servir. Rien n’a été modifié.');
  });

  it('an answer that is under way is finished, and the next one is not begun', async () => {
    const { id, client } = await arrive('kim');
    let thread = '';
    let said = '';
    let isRequired = false;
    const input = messageInput('Take your time over this one [slow:50]');
    for await (const event of client.stream('threads.create', { input })) {
      if (event.type === 'thread.created') thread = event.thread.id;
      if (!isRequired) await rule(`people/${id}`);
      isRequired = true;
      said += answerText([event]);
    }
    expect(said).toContain('Take your time over this one');
    const next = { thread_id: thread, input: messageInput('And the next one') };
    expect(await refusal(client.operation('threads.add_user_message', next))).toEqual(REFUSED);
    await rule(`people/${id}`, 'allowed');
    const items = await client.operation('items.list', { thread_id: thread });
    const stored = await items.text();
    expect(stored).toContain('Take your time over this one');
    expect(stored).not.toContain('And the next one');
  });

  it('guests, who have nothing to seal, are not held up', async () => {
    const { id } = await arrive('gus');
    expect((await administrator.rest('PATCH', `/api/admin/users/${id}`, { role: 'guest' })).status).toBe(200);
    await rule('roles/guest');
    const guest = await signIn(foyer.url, { email: 'gus@example.org', password });
    expect((await guest.operation('threads.list', {})).status).toBe(200);
    const security = await guest.rest('GET', '/api/users/me/security');
    expect(await security.json()).toMatchObject({ sealing: 'off' });
  });

  it('administrators are no exception, and are let through again when they have sealed', async () => {
    await rule('roles/administrator');
    expect(await refusal(administrator.rest('GET', '/api/admin/policies'))).toEqual(REFUSED);
    await seal(administrator, ADMINISTRATOR.password);
    expect((await administrator.rest('GET', '/api/admin/policies')).status).toBe(200);
  });
});
