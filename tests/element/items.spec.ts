/** Everything that a server can put into a thread, as it comes in and as it is read again. */
import { violations } from './axe.ts';
import { item, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, errors, mount, say } from './helpers.ts';

const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const updated = (id: unknown, update: object) => ({ type: 'thread.item.updated', item_id: id, update });

test('all eleven kinds: what is to be seen is there, what is hidden is not', async ({ page, server }) => {
  const thread = server.addThread({ title: 'Everything' });
  const own = (type: string, fields: Record<string, unknown>) => item(type, thread.id, fields);
  thread.items.push(
    { ...userMessage(thread.id, 'Tell me *everything*'), quoted_text: 'the plan' },
    own('hidden_context_item', { content: 'SECRET of the host' }),
    own('sdk_hidden_context', { content: 'SECRET of the server' }),
    own('workflow', {
      workflow: {
        ...{ type: 'custom', expanded: true, summary: { title: 'Looked around', icon: 'globe' } },
        tasks: [
          { type: 'custom', title: 'Opened the book', icon: 'book-open', status_indicator: 'complete' },
          {
            ...{ type: 'web_search', title_query: 'roses in may', queries: ['roses', 'may'] },
            sources: [{ type: 'url', url: 'https://roses.example/', title: 'Roses' }],
          },
          {
            type: 'file',
            title: 'Read two files',
            sources: [{ type: 'file', filename: 'a.pdf', title: 'A' }],
          },
          { type: 'thought', title: 'Thought about it', content: 'They like **sun**.' },
          { type: 'image', title: 'Drew a rose' },
        ],
      },
    }),
    own('workflow', { workflow: { type: 'reasoning', tasks: [], summary: { duration: 125 } } }),
    own('task', { task: { type: 'custom', title: 'Watered', content: 'All *pots*' } }),
    own('client_tool_call', { status: 'completed', call_id: 'c', name: 'open_gate', arguments: {} }),
    own('generated_image', { image: { id: 'img', url: PICTURE } }),
    own('widget', { widget: { type: 'Card', children: [{ type: 'Text', value: 'A card' }] } }),
    own('widget', { widget: { type: 'Card', children: [{ type: 'Hologram', value: 'From the future' }] } }),
    own('structured_input', {
      status: 'answered',
      inputs: [
        {
          ...{ type: 'freeform', id: 'q', question: 'Which colour?' },
          answer: { values: ['Red'], skipped: false },
        },
      ],
    }),
    own('assistant_message', {
      content: [{ type: 'output_text', text: 'That is **all**.', annotations: [] }],
    }),
    own('end_of_turn', {}),
  );
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('That is all.')).toBeVisible();
  const log = page.getByRole('log');
  // What people wrote is never Markdown.
  await expect(log.getByText('Tell me *everything*')).toBeAttached();
  await expect(log.locator('blockquote')).toHaveText('the plan');
  for (const text of [
    ...['Looked around', 'Opened the book', 'roses in may', 'Read two files', 'Thought about it'],
    ...['Drew a rose', 'Thought for 2 minutes 5 seconds', 'Watered', 'open_gate', 'A card'],
    ...['From the future', 'Which colour?', 'Red'],
  ]) {
    await expect(log.getByText(text).first()).toBeAttached();
  }
  await expect(log.getByRole('link', { name: 'Roses' })).toHaveAttribute('href', 'https://roses.example/');
  await expect(log.getByRole('img', { name: 'Generated image' })).toBeAttached();
  await expect(log).not.toContainText('SECRET');
  expect(await violations(page)).toEqual([]);
  expect(await errors(page)).toEqual([]);
});

test('an image tells how far it is, then shows itself', async ({ page, server }) => {
  const gate = Promise.withResolvers<void>();
  const image = item('generated_image', 'x', {});
  server.play('draw', (thread_id) => [
    { type: 'thread.item.added', item: { ...image, thread_id } },
    updated(image.id, { type: 'generated_image.updated', image: { id: 'i', url: PICTURE }, progress: 0.4 }),
    gate.promise,
    { type: 'thread.item.done', item: { ...image, thread_id, image: { id: 'i', url: PICTURE } } },
  ]);
  await mount(page, server.url);
  await say(page, 'draw a rose');
  const progress = page.getByRole('progressbar');
  await expect(progress).toHaveAttribute('value', '0.4');
  await expect(progress).toHaveAccessibleName(/40/);
  gate.resolve();
  await answered(page);
  await expect(page.getByRole('img', { name: 'Generated image' })).toBeVisible();
  await expect(progress).toHaveCount(0);
});

test('a workflow grows, its steps change, and its duration stays', async ({ page, server }) => {
  const gate = Promise.withResolvers<void>();
  const flow = item('workflow', 'x', { workflow: { type: 'reasoning', tasks: [], expanded: true } });
  const step = (title: string, content: string) => ({ type: 'thought', title, content });
  server.play('think', (thread_id) => [
    { type: 'thread.item.added', item: { ...flow, thread_id } },
    updated(flow.id, { type: 'workflow.task.added', task_index: 0, task: step('First', 'One') }),
    updated(flow.id, { type: 'workflow.task.updated', task_index: 0, task: step('First', 'One and a half') }),
    updated(flow.id, { type: 'workflow.task.added', task_index: 1, task: step('Second', 'Two') }),
    gate.promise,
    {
      type: 'thread.item.done',
      item: {
        ...{ ...flow, thread_id },
        workflow: {
          type: 'reasoning',
          expanded: false,
          summary: { duration: 61 },
          tasks: [step('Only', '1')],
        },
      },
    },
  ]);
  await mount(page, server.url);
  await say(page, 'think hard');
  await expect(page.getByText('One and a half')).toBeVisible();
  await expect(page.locator('.ck-tasks > li')).toHaveCount(2);
  gate.resolve();
  await answered(page);
  await expect(page.getByText('Thought for 1 minute 1 second')).toBeVisible();
  await expect(page.getByText('Only')).toBeHidden();
});

test('text of a widget streams, parts and the whole are replaced', async ({ page, server }) => {
  const steps = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const text = { type: 'Text', id: 't', value: 'Hel', streaming: true };
  const card = (...children: object[]) => ({ type: 'Card', children });
  const widget = item('widget', 'x', { widget: card(text, { type: 'Badge', id: 'b', label: 'draft' }) });
  server.play('card', (thread_id) => [
    { type: 'thread.item.added', item: { ...widget, thread_id } },
    updated(widget.id, {
      ...{ type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'lo there', done: true },
    }),
    steps[0]!.promise,
    updated(widget.id, {
      ...{ type: 'widget.component.updated', component_id: 'b' },
      component: { type: 'Badge', id: 'b', label: 'ready' },
    }),
    steps[1]!.promise,
    updated(widget.id, {
      ...{ type: 'widget.root.updated', widget: card({ type: 'Title', value: 'Another one' }) },
    }),
    steps[2]!.promise,
    {
      type: 'thread.item.done',
      item: { ...widget, thread_id, widget: card({ type: 'Title', value: 'Another one' }) },
    },
  ]);
  await mount(page, server.url);
  await say(page, 'card please');
  await expect(page.getByText('Hello there')).toBeVisible();
  await expect(page.getByText('draft', { exact: true })).toBeVisible();
  steps[0]!.resolve();
  await expect(page.getByText('ready', { exact: true })).toBeVisible();
  steps[1]!.resolve();
  await expect(page.getByText('Another one')).toBeVisible();
  await expect(page.getByText('Hello there')).toHaveCount(0);
  steps[2]!.resolve();
  await answered(page);
});

test('a thread is locked, opened and closed while it is open; the draft stays', async ({ page, server }) => {
  const status = (word: string, status: object) =>
    server.play(word, (id) => [
      {
        type: 'thread.updated',
        thread: {
          ...{ id, title: 'Watched', created_at: '2026-01-01T00:00:00Z', metadata: {}, status },
          items: { data: [], has_more: false },
        },
      },
    ]);
  status('lock', { type: 'locked', reason: 'Somebody looks at this.' });
  status('close', { type: 'closed', reason: 'Solved.' });
  const thread = server.addThread({ title: 'Watched' });
  await mount(page, server.url, { initialThread: thread.id });
  await say(page, 'lock it');
  await answered(page);
  await expect(composer(page)).toBeDisabled();
  await expect(composer(page)).toHaveAttribute('placeholder', 'Somebody looks at this.');
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await page.evaluate(() => window.harness.methods().setComposerValue({ text: 'for later' }));
  await page.evaluate(() => window.harness.methods().fetchUpdates());
  await expect(composer(page)).toBeEnabled();
  await expect(composer(page)).toHaveValue('for later');
  await composer(page).fill('close it');
  await composer(page).press('Enter');
  await expect(page.getByText('Solved.')).toBeVisible();
  await expect(composer(page)).toHaveCount(0);
});
