/** Every method of the contract: its arguments on the wire, and what it does at awkward moments. */
import type { Page } from '@playwright/test';
import { answer, item, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, heard, heardNames, mount, say } from './helpers.ts';

type Methods = ReturnType<Window['harness']['methods']>;
type Calls = { [K in keyof Methods]?: unknown[] };

/** Calls methods in a row without waiting in between; gives how each call ended. */
async function call(page: Page, ...calls: Calls[]): Promise<string[]> {
  return page.evaluate(async (calls) => {
    const element = window.harness.element() as unknown as Record<string, (...args: unknown[]) => unknown>;
    const outcomes = calls.flatMap(Object.entries).map(async ([name, args]) => {
      try {
        await element[name]?.(...(args as unknown[]));
        return 'ok';
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : `untyped ${error}`;
      }
    });
    return Promise.all(outcomes);
  }, calls);
}

const MODELS = [
  { id: 'small', label: 'Small', default: true },
  { id: 'large', label: 'Large' },
];
const TOOLS = [{ id: 'web', label: 'Search the web', icon: 'globe' as const }];

test('sendUserMessage: all of it on the wire, the composer untouched', async ({ page, server }) => {
  await mount(page, server.url, { composer: { models: MODELS, tools: TOOLS } });
  await composer(page).fill('a draft');
  const file = { type: 'file', id: 'atc_9', name: 'a.pdf', mime_type: 'application/pdf' };
  const content = [
    { type: 'input_text', text: 'hello ' },
    { type: 'input_tag', id: 'ada', text: 'Ada', data: { team: 'x' }, group: 'People', interactive: true },
  ];
  expect(
    await call(page, {
      sendUserMessage: [
        { content, reply: 'as said', attachments: [file], toolChoice: { id: 'web' }, model: 'large' },
      ],
    }),
  ).toEqual(['ok']);
  await answered(page);
  expect(server.seen[0]?.body).toEqual({
    type: 'threads.create',
    params: {
      input: {
        ...{ content, attachments: ['atc_9'], quoted_text: 'as said' },
        inference_options: { tool_choice: { id: 'web' }, model: 'large' },
      },
    },
  });
  await expect(composer(page)).toHaveValue('a draft');
  expect(await heardNames(page)).not.toContain('onToolChange');

  const [first] = [...server.threads.keys()];
  expect(await call(page, { sendUserMessage: [{ text: 'anew', newThread: true }] })).toEqual(['ok']);
  await answered(page);
  expect(server.threads.size).toBe(2);
  const changes = (await heard(page)).filter(({ name }) => name === 'onThreadChange');
  const [, second] = [...server.threads.keys()];
  expect(changes.map(({ detail }) => detail)).toEqual([
    { threadId: first },
    { threadId: null },
    { threadId: second },
  ]);
  // The model of one message was for that message.
  expect(server.seen.at(-1)?.body.params).toMatchObject({ input: { inference_options: {} } });
});

test('setComposerValue: text, content, quote, files, tool and model, each replaced by the next', async ({
  page,
  server,
}) => {
  await mount(page, server.url, {
    composer: { models: MODELS, tools: TOOLS, attachments: { enabled: true, maxSize: 100 } },
  });
  const file = { type: 'file', id: 'atc_9', name: 'a.pdf', mime_type: 'application/pdf' };
  await call(page, {
    setComposerValue: [
      {
        ...{ text: 'prefilled', reply: 'as said', attachments: [file] },
        ...{ selectedToolId: 'web', selectedModelId: 'large' },
      },
    ],
  });
  await expect(composer(page)).toHaveValue('prefilled');
  await expect(page.getByText('as said')).toBeVisible();
  await expect(page.getByText('a.pdf')).toBeVisible();
  await call(page, { setComposerValue: [{ text: 'other', selectedToolId: null }] });
  await expect(composer(page)).toHaveValue('other');
  await expect(page.getByText('as said')).toHaveCount(0);
  await expect(page.getByText('a.pdf')).toHaveCount(0);
  const tools = (await heard(page)).filter(({ name }) => name === 'onToolChange');
  expect(tools.map(({ detail }) => detail)).toEqual([{ toolId: 'web' }, { toolId: null }]);

  // Files are uploaded by the chat, and held against its own limits.
  await page.evaluate(() =>
    window.harness.methods().setComposerValue({
      text: 'with files',
      files: [new File(['short'], 'ok.txt'), new File(['x'.repeat(200)], 'long.txt')],
    }),
  );
  await expect(page.getByRole('button', { name: 'Remove ok.txt' })).toBeVisible();
  await expect(page.getByText('“long.txt” was not attached')).toBeVisible();
  expect(server.seen.filter(({ body }) => body.type === 'attachments.create')).toHaveLength(1);
  await composer(page).press('Enter');
  await answered(page);
  expect(server.seen.at(-1)?.body.params).toMatchObject({
    input: {
      content: [{ type: 'input_text', text: 'with files' }],
      attachments: ['atc_ok.txt'],
      inference_options: { model: 'large' },
    },
  });
});

test('while a response runs: each call is done, waits, or says busy; none is lost or thrown', async ({
  page,
  server,
}) => {
  const other = server.addThread({ title: 'Other' });
  other.items.push(userMessage(other.id, 'There?'), answer(other.id, 'Here.'));
  await mount(page, server.url);
  await say(page, 'gate, please');
  await expect(page.getByText('A steady morning')).toBeVisible();
  const outcomes = await call(
    page,
    { sendUserMessage: [{ text: 'too early' }] },
    { sendCustomAction: [{ type: 'ping' }] },
    { setComposerValue: [{ text: 'meanwhile' }] },
    { focusComposer: [] },
    { showHistory: [] },
    { hideHistory: [] },
    { sendUserMessage: [{}] },
  );
  expect(outcomes).toEqual(['busy', 'busy', 'ok', 'ok', 'ok', 'ok', 'configuration']);
  await expect(composer(page)).toHaveValue('meanwhile');
  const updates = call(page, { fetchUpdates: [] });
  // Another thread may be opened; the first one goes on answering.
  expect(await call(page, { setThreadId: [other.id] })).toEqual(['ok']);
  await expect(page.getByText('Here.')).toBeVisible();
  server.openGate();
  expect(await updates).toEqual(['ok']);
  const [id] = [...server.threads.keys()].filter((each) => each !== other.id);
  expect(await call(page, { setThreadId: [id] })).toEqual(['ok']);
  await expect(page.getByText('to check the sum')).toBeVisible();
  expect((await heardNames(page)).filter((name) => name === 'onResponseEnd')).toHaveLength(1);
  expect(server.seen.filter(({ aborted }) => aborted)).toEqual([]);
});

test('setThreadId: the last of several wins, every load is ended, undefined is a new chat', async ({
  page,
  server,
}) => {
  const threads = ['A', 'B', 'C'].map((title) => {
    const thread = server.addThread({ title });
    thread.items.push(answer(thread.id, `This is ${title}.`));
    return thread.id;
  });
  await mount(page, server.url);
  await composer(page).waitFor();
  expect(await call(page, ...threads.map((id) => ({ setThreadId: [id] })))).toEqual(['ok', 'ok', 'ok']);
  await expect(page.getByText('This is C.')).toBeVisible();
  const events = await heard(page);
  const of = (name: string) => events.filter((event) => event.name === name).map(({ detail }) => detail);
  const details = threads.map((threadId) => ({ threadId }));
  expect(of('onThreadChange')).toEqual(details);
  expect(of('onThreadLoadStart')).toEqual(details);
  expect(of('onThreadLoadEnd').length).toBe(3);
  expect(of('onThreadLoadEnd').at(-1)).toEqual({ threadId: threads[2] });
  expect(of('onError')).toEqual([]);
  expect(await call(page, { setThreadId: [undefined] })).toEqual(['ok']);
  await expect(page.getByText('What can I help with today?')).toBeVisible();
});

test('fetchUpdates and sendCustomAction reach the thread; history events come once', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Before' });
  const widget = item('widget', thread.id, {
    widget: { type: 'Card', children: [{ type: 'Text', value: 'Old' }] },
  });
  thread.items.push(widget);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Old')).toBeVisible();
  thread.title = 'After';
  thread.status = { type: 'locked', reason: 'Wait.' };
  Object.assign(widget, { widget: { type: 'Card', children: [{ type: 'Text', value: 'New' }] } });
  expect(await call(page, { fetchUpdates: [] })).toEqual(['ok']);
  await expect(page.getByRole('heading', { name: 'After' })).toBeVisible();
  await expect(page.getByText('New', { exact: true })).toBeVisible();
  await expect(composer(page)).toBeDisabled();
  const action = { type: 'mark', payload: { done: true } };
  expect(await call(page, { sendCustomAction: [action, widget.id] })).toEqual(['ok']);
  await answered(page);
  const sent = server.seen.find(({ body }) => body.type === 'threads.custom_action');
  expect(sent?.body.params).toEqual({ thread_id: thread.id, item_id: widget.id, action });
  await call(page, { showHistory: [] }, { showHistory: [] }, { hideHistory: [] }, { hideHistory: [] });
  const names = await heardNames(page);
  expect(names.filter((name) => name.startsWith('onHistory'))).toEqual(['onHistoryOpen', 'onHistoryClose']);
});
