/** Drafts over the wire: whose they are, how large, and that what was acknowledged survives kill -9. */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftsSchema, userSchema } from '../../src-shared/api/index.ts';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR, makeDataDir, startHeadless } from '../support/headless.ts';
import { attachmentOf, codeOf, uploads } from '../support/uploads.ts';

const draft = (text: string, attachments: unknown[] = []) => ({
  draft: { content: [{ type: 'input_text', text }], attachments, reply: null },
  queue: [],
  own: [],
});
const put = (client: Client, key: string, body: unknown) => client.rest('PUT', `/api/drafts/${key}`, body);
const all = async (client: Client) => {
  const response = await client.rest('GET', '/api/drafts');
  expect(response.status).toBe(200);
  return draftsSchema.parse(await response.json()).drafts;
};
const textOf = (kept: Awaited<ReturnType<typeof all>>[string] | undefined) =>
  kept?.draft.content.map((part) => part.text).join('');
const newThread = async (client: Client): Promise<string> => {
  const created = (await client.ask('a thread')).find((event) => event.type === 'thread.created');
  if (created?.type !== 'thread.created') throw new Error('no thread.created');
  return created.thread.id;
};

describe('drafts', () => {
  let foyer: TestFoyer;
  let ada: Client;
  let bob: Client;
  beforeAll(async () => {
    foyer = await startFoyer();
    ada = await signIn(foyer.url, ADMINISTRATOR);
    const person = { email: 'bob@example.org', password: 'another good password' };
    const response = await ada.rest('POST', '/api/admin/users', person);
    userSchema.parse(await response.json());
    bob = await signIn(foyer.url, person);
  });
  afterAll(() => foyer.remove());

  it('are kept, replaced and taken away', async () => {
    const thread = await newThread(ada);
    expect((await put(ada, 'new', draft('one'))).status).toBe(204);
    expect((await put(ada, thread, draft('two'))).status).toBe(204);
    expect((await put(ada, 'new', draft('three'))).status).toBe(204);
    const kept = await all(ada);
    expect([textOf(kept.new), textOf(kept[thread])]).toEqual(['three', 'two']);
    expect((await ada.rest('DELETE', '/api/drafts/new')).status).toBe(204);
    expect((await ada.rest('DELETE', '/api/drafts/new')).status).toBe(204);
    expect(Object.keys(await all(ada))).toEqual([thread]);
  });

  it('belong to one person: nobody else reads, replaces or removes them', async () => {
    const thread = await newThread(ada);
    await put(ada, 'new', draft('mine'));
    await put(ada, thread, draft('mine too'));
    expect(await all(bob)).toEqual({});
    expect((await put(bob, thread, draft('intruder'))).status).toBe(404);
    expect((await bob.rest('DELETE', `/api/drafts/${thread}`)).status).toBe(204);
    await bob.rest('DELETE', '/api/drafts/new');
    const kept = await all(ada);
    expect([textOf(kept.new), textOf(kept[thread])]).toEqual(['mine', 'mine too']);
  });

  it('are for people who are signed in', async () => {
    for (const [method, path] of [
      ['GET', '/api/drafts'],
      ['PUT', '/api/drafts/new'],
      ['DELETE', '/api/drafts/new'],
    ] as const) {
      const body = method === 'PUT' ? { body: JSON.stringify(draft('x')) } : {};
      const response = await fetch(new URL(path, foyer.url), {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...body,
      });
      expect([response.status, await codeOf(response)]).toEqual([401, 'unauthorized']);
    }
  });

  it('go with their thread', async () => {
    const thread = await newThread(ada);
    await put(ada, thread, draft('soon gone'));
    await ada.operation('threads.delete', { thread_id: thread });
    expect((await all(ada))[thread]).toBeUndefined();
    expect((await put(ada, thread, draft('too late'))).status).toBe(404);
  });

  it('have a size, and the one before stays when it is passed', async () => {
    await put(ada, 'new', draft('short'));
    const large = await put(ada, 'new', draft('x'.repeat(65_536)));
    expect([large.status, await codeOf(large)]).toEqual([413, 'draft_too_large']);
    const huge = await put(ada, 'new', draft('x'.repeat(1_200_000)));
    expect([huge.status, await codeOf(huge)]).toEqual([413, 'too_large']);
    expect((await put(ada, 'new', draft('x'.repeat(65_000)))).status).toBe(204);
    await put(ada, 'new', draft('short'));
    expect(textOf((await all(ada)).new)).toBe('short');
  });

  it('are nothing else', async () => {
    for (const body of [null, [], {}, { draft: 1 }, { ...draft('x'), queue: 'x' }, draft('x', [{ id: 1 }])]) {
      const response = await put(ada, 'new', body);
      expect(response.status).toBe(422);
      await response.arrayBuffer();
    }
    for (const key of ['..%2Fsettings', 'thr_unknown', 'a'.repeat(101), '%00']) {
      expect((await put(ada, key, draft('x'))).status).toBe(404);
    }
  });

  it('come back with the files that are still there', async () => {
    const up = uploads(foyer.url, ada);
    const files = [];
    for (const name of ['stays.txt', 'goes.txt']) {
      files.push(await attachmentOf(await up.direct(Buffer.from(name), name, 'text/plain')));
    }
    expect((await put(ada, 'new', draft('with files', files))).status).toBe(204);
    await ada.operation('attachments.delete', { attachment_id: files[1]?.id });
    expect((await all(ada)).new?.draft.attachments.map(({ name }) => name)).toEqual(['stays.txt']);
  });
});

it('survive kill -9 once they were acknowledged', async () => {
  const dataDir = makeDataDir();
  try {
    const first = await startHeadless({ dataDir });
    const client = await signIn(first.url, ADMINISTRATOR);
    let acknowledged = 0;
    const typing = (async () => {
      for (let n = 1; ; n += 1) {
        const response = await put(client, 'new', draft(`version ${n}`));
        if (response.status !== 204) throw new Error(`${response.status}`);
        acknowledged = n;
        if (n === 40) void first.kill();
      }
    })();
    await expect(typing).rejects.toThrow();
    await first.kill();
    expect(acknowledged).toBeGreaterThanOrEqual(40);
    const second = await startHeadless({ dataDir });
    const kept = textOf((await all(await signIn(second.url, ADMINISTRATOR))).new) ?? '';
    const version = Number(kept.replace('version ', ''));
    // One more may have been on its way to the disk.
    expect([acknowledged, acknowledged + 1]).toContain(version);
    await second.kill();
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
