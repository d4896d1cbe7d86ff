/** One person's day with Foyer, in which everything that can be written is written once with a text of its own. */
import { randomInt } from 'node:crypto';
import http from 'node:http';
import { expect } from 'vitest';
import { foundThreadsSchema } from '../../src-shared/api/index.ts';
import { type Canary, canary } from './canaries.ts';
import { type Client, messageInput } from './client.ts';
import { pdfWith } from './files.ts';
import { JPEG, photograph } from './images.ts';
import { attachmentOf, uploads } from './uploads.ts';
import { unzip } from './zip.ts';

const KINDS = [
  'message',
  'answer',
  'draft',
  'queued draft',
  'title',
  'attachment text',
  'announced file',
  'PDF text',
  'file name',
  'image metadata',
  'edited message',
  'new text of it',
  'quoted text',
  'tag',
  'deleted message',
  'cut answer',
  'cut upload',
  'cut message',
  'malformed request',
  'refused model',
  'search word',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly pin: string;
  readonly texts: Readonly<Record<Kind, string>>;
  /** All of the above that nobody else may ever see. */
  readonly canaries: readonly Canary[];
}

export function inventPerson(name: string): Person {
  const made = KINDS.map((kind) => [kind, canary(`${kind} of ${name}`)] as const);
  const password = canary(`password of ${name}`);
  // Twelve digits, which no other number around here has.
  const pin = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
  return {
    name,
    email: `${name}@example.org`,
    password: `pass ${password.text}`,
    pin,
    texts: Object.fromEntries(made.map(([kind, { text }]) => [kind, text])) as Record<Kind, string>,
    canaries: [...made.map(([, each]) => each), password, { kind: `PIN of ${name}`, text: pin }],
  };
}

/** Ids of what a day left behind. */
export interface Traces {
  readonly threads: readonly string[];
  readonly attachments: readonly string[];
}

/** A question to the fake model whose answer is this text. */
export const tell = (question: string, answer: string) =>
  `${question} [say:${Buffer.from(answer).toString('base64url')}]`;

const draftOf = (text: string) => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  reply: null,
});

/** Writes, attaches, edits, renames, deletes, and does what is refused. */
export async function spendDay(url: string, client: Client, { texts }: Person): Promise<Traces> {
  const up = uploads(url, client);
  const ok = async (answer: Promise<Response>) => expect((await answer).status).toBeLessThan(300);

  const attachments: string[] = [];
  const attach = async (bytes: Buffer, name: string, type: string) => {
    const { id } = await attachmentOf(await up.direct(bytes, name, type));
    attachments.push(id);
    return id;
  };
  await attach(
    Buffer.from(`Notes: ${texts['attachment text']}\n`),
    `${texts['file name']}.txt`,
    'text/plain',
  );
  await attach(pdfWith(`Page: ${texts['PDF text']}`), 'page.pdf', 'application/pdf');
  await attach(photograph(JPEG, 6, texts['image metadata']), 'photo.jpg', 'image/jpeg');
  const bytes = Buffer.from(`In two steps: ${texts['announced file']}`);
  const announced = await attachmentOf(await up.announce('two.txt', bytes.length, 'text/plain'));
  if (announced.upload_descriptor == null) throw new Error('no way to upload');
  attachments.push((await attachmentOf(await up.send(announced.upload_descriptor, bytes))).id);

  const first = await ask(client, {
    ...messageInput(tell(texts.message, `Heard: ${texts.answer}`)),
    attachments: [...attachments],
    quoted_text: texts['quoted text'],
  });
  const tag = { type: 'input_tag', id: 'x', text: texts.tag, data: { note: texts.tag } };
  await ask(client, {
    content: [{ type: 'input_text', text: 'About ' }, tag],
    attachments: [],
    inference_options: {},
  });
  await ok(client.operation('threads.update', { thread_id: first.thread, title: texts.title }));
  await ok(
    client.operation('items.feedback', {
      thread_id: first.thread,
      item_ids: [first.answer],
      kind: 'negative',
    }),
  );

  const edited = await ask(client, messageInput(texts['edited message']));
  const next = {
    thread_id: edited.thread,
    item_id: edited.message,
    input: messageInput(texts['new text of it']),
  };
  for await (const _event of client.stream('threads.edit_user_message', next));

  const gone = await ask(client, messageInput(texts['deleted message']));
  await ok(client.operation('threads.delete', { thread_id: gone.thread }));

  const queue = [{ draft: draftOf(texts['queued draft']), tool: null, model: null }];
  const draft = { draft: draftOf(texts.draft), queue, own: [] };
  await ok(client.rest('PUT', `/api/drafts/${first.thread}`, draft));

  for (const problem of ['status:401', 'status:500', 'cut', 'errevent', 'html', 'redirect', 'early-end'])
    await ask(client, messageInput(`${texts['cut answer']} [${problem}]`));
  await ask(client, {
    ...messageInput('With another model'),
    inference_options: { model: texts['refused model'] },
  });
  await misspell(url, client, texts['malformed request']);
  await find(client, texts['search word'], 0);
  await find(client, texts.answer, 1);
  await find(client, texts['deleted message'], 0);
  await takeAlong(client, first.thread, texts);
  await client.rest('GET', `/api/chatkit/runs?thread_id=${texts['search word']}`);
  await client.rest('GET', `/api/admin/people?query=${texts['search word']}`);
  await client.operation('threads.list', { after: texts['search word'] });
  return { threads: [first.thread, edited.thread], attachments };
}

async function find(client: Client, query: string, conversations: number): Promise<void> {
  const answer = await client.rest('POST', '/api/search', { query });
  expect(foundThreadsSchema.parse(await answer.json()).threads).toHaveLength(conversations);
}

/** Everything as an archive, and one conversation to be read. */
async function takeAlong(client: Client, thread: string, texts: Person['texts']): Promise<void> {
  const archive = await client.rest('GET', '/api/export');
  const files = unzip(Buffer.from(await archive.arrayBuffer()));
  const all = [...files].flat().join('\n');
  for (const kind of [
    'message',
    'answer',
    'title',
    'quoted text',
    'tag',
    'attachment text',
    'new text of it',
  ] as const)
    expect(all, kind).toContain(texts[kind]);
  for (const kind of ['deleted message', 'search word'] as const)
    expect(all, kind).not.toContain(texts[kind]);
  const one = await client.rest('GET', `/api/export/threads/${thread}`);
  expect(await one.text()).toContain(texts.answer);
}

/** One turn in a new thread, however it ends. */
async function ask(
  client: Client,
  input: unknown,
): Promise<{ thread: string; message: string; answer: string }> {
  const ids = { thread: '', message: '', answer: '' };
  for await (const event of client.stream('threads.create', { input })) {
    if (event.type === 'thread.created') ids.thread = event.thread.id;
    if (event.type !== 'thread.item.done') continue;
    if (event.item.type === 'user_message') ids.message = event.item.id;
    if (event.item.type === 'assistant_message') ids.answer = event.item.id;
  }
  return ids;
}

/** Requests that are wrong in every place where a text can stand. */
async function misspell(url: string, client: Client, text: string): Promise<void> {
  const raw = (path: string, init: RequestInit) =>
    fetch(new URL(path, url), {
      ...init,
      headers: {
        Authorization: `Bearer ${client.token}`,
        'Content-Type': 'application/json',
        ...init.headers,
      },
    });
  const answers = await Promise.all([
    raw('/api/chatkit', { method: 'POST', body: `{"type":"threads.create","params":{"input":"${text}` }),
    raw('/api/chatkit', { method: 'POST', body: JSON.stringify({ type: text, params: { [text]: text } }) }),
    raw('/api/chatkit', { method: 'POST', body: text, headers: { 'Content-Type': `text/${text}` } }),
    raw(`/api/nothing/${text}?token=${text}`, {
      method: 'GET',
      headers: { 'X-Note': text, Referer: `http://${text}/` },
    }),
    raw(`/api/attachments/${text}`, { method: 'GET' }),
    raw(`/api/drafts/${text}!`, { method: 'PUT', body: JSON.stringify({ draft: text }) }),
    raw('/api/attachments', {
      method: 'POST',
      body: `--b\r\nContent-Disposition: form-data; name="${text}"\r\n\r\n${text}`,
      headers: { 'Content-Type': `multipart/form-data; boundary=b` },
    }),
    raw('/api/users/me', { method: 'GET', headers: { Authorization: `Bearer ${text}` } }),
    raw('/api/auth/login', {
      method: 'POST',
      body: JSON.stringify({ email: `${text}@example.org`, password: text }),
    }),
    raw('/api/auth/pin', { method: 'POST', body: JSON.stringify({ person: text, pin: '123123' }) }),
    raw('/api/setup', { method: 'POST', body: JSON.stringify({ token: text, email: text, password: text }) }),
    client.operation('input.transcribe', {
      audio_base64: Buffer.from(text).toString('base64'),
      mime_type: text,
    }),
  ]);
  for (const answer of answers) {
    expect(answer.status, answer.url).toBeGreaterThanOrEqual(400);
    expect([500, 502, 503], answer.url).not.toContain(answer.status);
    await answer.arrayBuffer();
  }
}

/** An answer and an upload that are under way until the process ends. Resolves when both have begun. */
export async function beginAndNeverEnd(url: string, client: Client, { texts }: Person): Promise<void> {
  const answer = Array.from({ length: 400 }, () => texts['cut answer']).join(' ');
  const input = messageInput(`${tell(texts['cut message'], answer)} [slow:50]`);
  const streaming = client.stream('threads.create', { input });
  // Not a loop: leaving one would end the stream.
  for (let event = await streaming.next(); event.value?.type !== 'thread.item.updated'; ) {
    if (event.done === true) throw new Error('the answer ended before it began');
    event = await streaming.next();
  }

  const upload = http.request(new URL('/api/attachments', url), {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/octet-stream',
      'content-length': '9000000',
    },
  });
  upload.on('error', () => undefined);
  const chunk = Buffer.from(`${texts['cut upload']}\n`.repeat(20_000));
  await new Promise<void>((resolve) => upload.write(chunk, () => resolve()));
}
