/** What people do in a day with keys of their own, each key a text that exists once. */
import { expect } from 'vitest';
import { type Canary, canary } from './canaries.ts';
import { type Client, messageInput } from './client.ts';

/** The keys of one person, in the order in which they come and go. */
export interface OwnKeys {
  readonly first: Canary;
  readonly second: Canary;
  /** Not accepted by the server. */
  readonly refused: Canary;
  /** Set after the others are gone, and still there when the day ends. */
  readonly last: Canary;
  /** Written where no key belongs. */
  readonly astray: Canary;
}

/** Where a person's keys are for: a connection, and a model of it by which it is asked. */
export interface KeyTarget {
  readonly connection: string;
  readonly model: string;
}

export function inventOwnKeys(name: string): OwnKeys {
  const key = (kind: string) => canary(`${kind} own key of ${name}`);
  return {
    first: key('first'),
    second: key('second'),
    refused: key('refused'),
    last: key('last'),
    astray: key('astray'),
  };
}

/** As a person types it. */
export const typed = ({ text }: Canary) => `sk-${text}`;

/** Sets a key of one's own, which the server is asked about before it is kept. */
export async function setOwnKey(
  client: Client,
  connection: string,
  key: Canary,
  status = 200,
): Promise<void> {
  const answer = await client.rest('PUT', `/api/users/me/keys/${connection}`, { api_key: typed(key) });
  expect([answer.status, await answer.text()]).toEqual([status, expect.any(String)]);
}

/** Sets a key, uses it, replaces it, tries a wrong one, uses the new one, removes it, goes without, and sets another. */
export async function changeKeys(
  client: Client,
  { connection, model }: KeyTarget,
  keys: OwnKeys,
): Promise<void> {
  const ask = async (text: string) => {
    const input = { ...messageInput(text), inference_options: { model } };
    for await (const _event of client.stream('threads.create', { input }));
  };
  const at = `/api/users/me/keys/${connection}`;
  await setOwnKey(client, connection, keys.first);
  await ask('With the first key');
  await ask('With the first key [status:401]');
  await ask('With the first key [errevent]');
  expect((await client.rest('POST', `${at}/test`)).status).toBe(200);
  await setOwnKey(client, connection, keys.second);
  await ask('With the second key');
  expect((await client.rest('DELETE', at)).status).toBe(200);
  await ask('Without a key');
  await misplace(client, at, keys.astray);
  await setOwnKey(client, connection, keys.last);
  await ask('With the last key');
}

/** A key in every place of these requests where a text can stand. */
async function misplace(client: Client, at: string, key: Canary): Promise<void> {
  const text = typed(key);
  const answers = await Promise.all([
    client.rest('PUT', at, { api_key: [text] }),
    client.rest('PUT', at, { api_key: '', [text]: text }),
    client.rest('PUT', at, text),
    client.rest('PUT', `/api/users/me/keys/${text}`, { api_key: text }),
    client.rest('DELETE', `/api/users/me/keys/${text}`),
    client.rest('POST', `/api/users/me/keys/${text}/test`, { api_key: text }),
  ]);
  for (const answer of answers) {
    expect(answer.status, answer.url).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.url).toBeLessThan(500);
    await answer.arrayBuffer();
  }
}
