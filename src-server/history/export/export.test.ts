import { describe, expect, it, vi } from 'vitest';
import { type ThreadItem, type ThreadMetadata, threadItemSchema } from '../../../src-shared/chatkit/index.ts';
import { unzip } from '../../../tests/support/zip.ts';
import { memoryStore, NotFoundError } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import { type ExportedFile, historyExport } from './index.ts';

const AT = '2026-05-04T12:30:15.000Z';
const now = () => new Date('2026-06-01T08:00:00.000Z');
const context = (over: Partial<RequestContext> = {}): RequestContext => ({
  userId: 'usr_a',
  role: 'user',
  locale: 'en',
  signal: new AbortController().signal,
  ...over,
});
const thread = (over: Partial<ThreadMetadata> = {}): ThreadMetadata => ({
  id: 'thr_0123456789abcdef',
  title: 'Tulips',
  created_at: AT,
  status: { type: 'active' },
  metadata: {},
  ...over,
});
const base = { thread_id: thread().id, created_at: AT };
const user = (over: object = {}) => ({
  ...base,
  id: 'msg_u',
  type: 'user_message',
  content: [{ type: 'input_text', text: 'Where do tulips grow?' }],
  inference_options: {},
  ...over,
});
const assistant = (text: string, annotations: unknown[] = []) => ({
  ...base,
  id: 'msg_a',
  type: 'assistant_message',
  content: [{ text, annotations }],
});
const photo = {
  id: 'atc_photo',
  name: '../../evil [1].PNG',
  mime_type: 'image/png',
  type: 'image',
  preview_url: 'http://127.0.0.1:1/secret-address',
  metadata: { file: 'secret-name' },
};

/** A history with one conversation of these items, and files by their ids. */
async function setup(items: readonly object[], files: Readonly<Record<string, string | Error>> = {}) {
  const store = memoryStore<RequestContext>({ ownerOf: ({ userId }) => userId });
  const add = async (of: ThreadMetadata, all: readonly object[]) => {
    await store.saveThread(of, context());
    for (const item of all) {
      const whole = threadItemSchema.parse({ ...item, thread_id: of.id });
      if (whole.type === 'user_message') {
        for (const attachment of whole.attachments) await store.saveAttachment(attachment, context());
      }
      await store.addThreadItem(of.id, whole, context());
    }
  };
  await add(thread(), items);
  const closed = vi.fn();
  const open = vi.fn(async (id: string) => {
    const bytes = files[id];
    if (bytes === undefined) throw new NotFoundError('attachment', id);
    return {
      async *read() {
        yield Buffer.from(bytes instanceof Error ? 'the first ha' : bytes);
        if (bytes instanceof Error) throw bytes;
      },
      close: async () => closed(id),
    };
  });
  const idOfImage = (url: string) => /^\/images\/(\w+)$/.exec(url)?.[1] ?? null;
  return { store, add, open, closed, history: historyExport(store, { open, idOfImage }, now) };
}

async function textOf({ pieces }: ExportedFile): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece.toString();
  return text;
}

async function filesOf({ pieces }: ExportedFile): Promise<Map<string, string>> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return new Map([...unzip(Buffer.concat(all))].map(([name, bytes]) => [name, bytes.toString()]));
}

const FILE = 'conversations/2026-05-04 Tulips (89abcdef)';

describe('a conversation as Markdown', () => {
  it('has who said what and when, with one heading for all that an answer is made of', async () => {
    const { history } = await setup([
      user({ quoted_text: 'two\nlines', attachments: [photo] }),
      { ...base, id: 'wf', type: 'workflow', workflow: { type: 'reasoning', tasks: [] } },
      { ...base, id: 'task', type: 'task', task: { type: 'thought', title: 'Hm', content: 'one\ntwo' } },
      assistant('In **Holland**.'),
      { ...base, id: 'hid', type: 'sdk_hidden_context', content: 'never shown' },
      { ...base, id: 'end', type: 'end_of_turn' },
    ]);
    const { name, ...file } = await history.thread(thread().id, context());
    expect(name).toBe('2026-05-04 Tulips (89abcdef).md');
    expect(await textOf({ name, ...file })).toBe(`# Tulips

*Exported from Foyer on 2026-06-01 08:00 UTC.*

## You · 2026-05-04 12:30 UTC

> two
> lines

Where do tulips grow?

**Attachments**

- ../../evil \\[1\\].PNG

## Answer · 2026-05-04 12:30 UTC

**On the way to the answer**

- Hm

  one
  two

In **Holland**.
`);
  });

  it('writes down everything that was shown and can be written', async () => {
    const source = (over: object) => ({
      source: { type: 'url', title: 'A [b]', url: 'https://a.test/x', ...over },
    });
    const { history } = await setup([
      assistant('Cited.', [
        source({}),
        source({}),
        source({ url: 'javascript:alert(1)', title: 'No address' }),
        source({ type: 'file', filename: 'x.pdf', title: 'A file' }),
      ]),
      { ...base, id: 'w1', type: 'widget', widget: { type: 'Card', children: [] }, copy_text: 'As text' },
      { ...base, id: 'w2', type: 'widget', widget: { type: 'Card', children: [] } },
      { ...base, id: 'img', type: 'generated_image', image: { id: 'i', url: '/images/atc_made' } },
      {
        ...base,
        id: 'in',
        type: 'structured_input',
        inputs: [
          { type: 'freeform', id: '1', question: 'Which?', answer: { values: ['red', 'blue'] } },
          { type: 'freeform', id: '2', question: 'When?', answer: { skipped: true } },
          { type: 'freeform', id: '3', question: 'Why?' },
        ],
      },
      {
        ...base,
        id: 'wf',
        type: 'workflow',
        workflow: {
          type: 'custom',
          tasks: [
            { type: 'web_search', queries: ['tulips', 'bulbs'] },
            { type: 'file', title: 'Read', sources: [{ type: 'file', title: 'x', filename: 'a.txt' }] },
          ],
        },
      },
    ]);
    const text = await textOf(await history.thread(thread().id, context()));
    expect(text).toContain('1. [A \\[b\\]](<https://a.test/x>)\n2. No address\n3. A file');
    expect(text).not.toContain('javascript:');
    expect(text).toContain('\nAs text\n');
    expect(text).toContain('*Something that cannot be written as text was shown here.*');
    expect(text).toContain('*Image*');
    expect(text).toContain('- Which?\n  red, blue\n- When?\n  skipped\n- Why?\n  not answered');
    expect(text).toContain('- tulips, bulbs\n- Read\n\n  a.txt');
    expect(text.match(/^## /gm), 'all of it is one answer').toHaveLength(1);
  });

  it('speaks the language of who asks, and names what has no title', async () => {
    const { history, store } = await setup([user(), assistant('Oui.')]);
    await store.saveThread(thread({ title: null }), context());
    const file = await history.thread(thread().id, context({ locale: 'fr' }));
    expect(file.name).toBe('2026-05-04 Conversation sans titre (89abcdef).md');
    const text = await textOf(file);
    expect(text).toMatch(/^# Conversation sans titre\n/);
    expect(text).toMatch(/## Vous ·[\s\S]*## Réponse ·/);
  });

  it('is nobody else’s, and ends where its conversation is deleted meanwhile', async () => {
    const { history, store } = await setup([user()]);
    await expect(history.thread(thread().id, context({ userId: 'usr_b' }))).rejects.toThrow(NotFoundError);
    const file = await history.thread(thread().id, context());
    await store.deleteThread(thread().id, context());
    expect(await textOf(file)).toMatch(/^# Tulips\n/);
  });
});

describe('everything as an archive', () => {
  it('has each conversation to be read and with everything that is kept, and the files once', async () => {
    const { history, add, closed } = await setup(
      [
        user({ attachments: [photo] }),
        { ...base, id: 'img', type: 'generated_image', image: { id: 'i', url: '/images/atc_photo' } },
        assistant('In Holland.'),
        { ...base, id: 'hid', type: 'hidden_context_item', content: 'never shown' },
      ],
      { atc_photo: 'PIXELS' },
    );
    await add(thread({ id: 'thr_copy_0000000', title: 'Tulips' }), [user({ attachments: [photo] })]);
    const files = await filesOf(history.everything(context()));
    expect([...files.keys()]).toEqual([
      'README.txt',
      `${FILE}.md`,
      `${FILE}.json`,
      'files/atc_photo.png',
      'conversations/2026-05-04 Tulips (_0000000).md',
      'conversations/2026-05-04 Tulips (_0000000).json',
    ]);
    expect(files.get('files/atc_photo.png')).toBe('PIXELS');
    expect(closed.mock.calls).toEqual([['atc_photo']]);
    expect(files.get(`${FILE}.md`)).toContain('- [../../evil \\[1\\].PNG](../files/atc_photo.png)');
    expect(files.get(`${FILE}.md`)).toContain('![Image](../files/atc_photo.png)');
    const json = JSON.parse(files.get(`${FILE}.json`) ?? '') as { items: ThreadItem[] };
    expect(json).toMatchObject({
      format: 'foyer.conversation',
      version: 1,
      thread: { id: thread().id, title: 'Tulips', created_at: AT },
    });
    expect(json.items.map(({ type }) => type)).toEqual([
      'user_message',
      'generated_image',
      'assistant_message',
    ]);
    expect(json.items[0]).toMatchObject({
      attachments: [{ id: 'atc_photo', name: photo.name, file: 'files/atc_photo.png' }],
    });
    expect(json.items[1]).toMatchObject({ file: 'files/atc_photo.png' });
    expect([...files.values()].join('\n')).not.toMatch(/never shown|secret/);
  });

  it('is an archive where there is nothing, and where there is more than a page of everything', async () => {
    const store = memoryStore<RequestContext>();
    const files = { open: () => Promise.reject(new Error('none')), idOfImage: () => null };
    const history = historyExport(store, files, now);
    expect([...(await filesOf(history.everything(context()))).keys()]).toEqual(['README.txt']);

    const items = Array.from({ length: 250 }, (_, index) => ({
      ...assistant(`Part ${index}.`),
      id: `a${index}`,
    }));
    const big = await setup(items);
    for (let index = 0; index < 120; index += 1) {
      await big.add(thread({ id: `thr_more_${String(index).padStart(8, '0')}` }), []);
    }
    const all = await filesOf(big.history.everything(context()));
    expect(all.size).toBe(1 + 2 * 121);
    expect(JSON.parse(all.get(`${FILE}.json`) ?? '')).toMatchObject({ items: { length: 250 } });
    expect(all.get(`${FILE}.md`)).toContain('Part 249.');
  });

  it('says which files could not be read, and has the rest', async () => {
    const broken = { ...photo, id: 'atc_broken', name: 'broken.pdf', type: 'file' };
    const { history } = await setup([user({ attachments: [photo, broken] }), assistant('And this.')], {
      atc_broken: new Error('damaged'),
    });
    const files = await filesOf(history.everything(context()));
    expect(files.get('files/atc_broken.pdf'), 'as far as it can be read').toBe('the first ha');
    expect(files.get('MISSING.txt')).toContain(
      `files/atc_photo.png (${photo.name})\nfiles/atc_broken.pdf (broken.pdf)`,
    );
    expect(files.get(`${FILE}.md`)).toContain('And this.');
  });

  it('has names that no system takes for anything else', async () => {
    const { history, store } = await setup([]);
    const title = `../..\\a:b*c?"<d>|e\n${'très long '.repeat(20)}.. `;
    await store.saveThread(thread({ title, id: 'thr_/../x!!!!!!' }), context());
    const names = [...(await filesOf(history.everything(context()))).keys()];
    expect(names.find((name) => name.includes('a b c'))).toMatch(
      /^conversations\/2026-05-04 a b c d e (très long )+très? ?\w* \([^)]{8}\)\.md$/,
    );
    for (const name of names) expect(name.replace(/\([^)]*\)/, '')).not.toMatch(/\.\.|[\\:*?"<>|\n]/);
  });

  it('stops and closes what is open when nobody wants more', async () => {
    const { history, closed, open } = await setup([user({ attachments: [photo] })], {
      atc_photo: 'x'.repeat(100_000),
    });
    for await (const piece of history.everything(context()).pieces) {
      if (piece.toString().includes('xxx')) break;
    }
    await expect.poll(() => closed.mock.calls).toEqual([['atc_photo']]);
    expect(open).toHaveBeenCalledOnce();
  });

  it('stops with the session', async () => {
    const ended = new AbortController();
    const { history } = await setup([user()]);
    const { pieces } = history.everything(context({ signal: ended.signal }));
    ended.abort();
    await expect(filesOf({ name: '', pieces })).rejects.toThrow();
  });
});
