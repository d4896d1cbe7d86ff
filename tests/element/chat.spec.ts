/** What a person does with the chat. */
import { answer, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, errors, heard, heardNames, mount, say } from './helpers.ts';

test('asks, watches the answer stream, asks again', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'gate, then a plan');
  const response = page.getByRole('article', { name: 'Assistant' });
  await expect(page.getByRole('article', { name: 'You' })).toContainText('gate, then a plan');
  await expect(response).toContainText('leaves room for a walk');
  await expect(response).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByRole('status')).toContainText('Responding');
  await expect(composer(page)).toHaveValue('');
  await expect(response.getByText('to check the sum')).toHaveCount(0);
  server.openGate();
  await answered(page);
  await expect(response).toHaveAttribute('aria-busy', 'false');
  await expect(response.getByRole('heading', { name: 'A steady morning' })).toBeVisible();
  await expect(response.getByRole('table')).toContainText('Water and light');
  await expect(composer(page)).toBeFocused();
  await say(page, 'and then?');
  await expect(page.getByText('You said: and then?')).toBeVisible();
  const [first, second] = server.seen;
  expect(first?.body.type).toBe('threads.create');
  expect(second?.body).toMatchObject({
    type: 'threads.add_user_message',
    params: { thread_id: [...server.threads.keys()][0] },
  });
  expect(second?.headers).toMatchObject({ 'accept-language': 'en', accept: 'text/event-stream' });
  expect(await errors(page)).toEqual([]);
});

test('Shift+Enter writes a line, an empty message is not sent, a prompt is', async ({ page, server }) => {
  await mount(page, server.url, { startScreen: { prompts: [{ label: 'Say hi', prompt: 'hi there' }] } });
  await composer(page).press('Enter');
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await composer(page).pressSequentially('one');
  await composer(page).press('Shift+Enter');
  await composer(page).pressSequentially('two');
  await expect(composer(page)).toHaveValue('one\ntwo');
  expect(server.seen).toHaveLength(0);
  await composer(page).fill('');
  await page.getByRole('button', { name: 'Say hi' }).click();
  await expect(page.getByText('You said: hi there')).toBeVisible();
});

test('composes with an input method: its Enter does not send, the next one does', async ({
  page,
  server,
  context,
}) => {
  await mount(page, server.url);
  await composer(page).focus();
  const client = await context.newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await page.waitForTimeout(50);
  expect(server.seen).toHaveLength(0);
  await client.send('Input.insertText', { text: '日本' });
  await expect(composer(page)).toHaveValue('日本');
  await composer(page).press('Enter');
  await expect(page.getByText('You said: 日本')).toBeVisible();
});

test('the Enter that ends a Korean syllable sends at once, as the input methods there do it', async ({
  page,
  server,
  context,
}) => {
  await mount(page, server.url);
  await composer(page).focus();
  await page.keyboard.type('안');
  const client = await context.newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: '녕', selectionStart: 1, selectionEnd: 1 });
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  // The syllable is committed first; the line break of the same key press follows.
  await client.send('Input.insertText', { text: '녕' });
  await client.send('Input.dispatchKeyEvent', { type: 'char', text: '\r', ...enter });
  await expect(page.getByText('You said: 안녕')).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  expect(server.seen).toHaveLength(1);
});

test('stops by button and by Escape; the partial answer stays', async ({ page, server }) => {
  await mount(page, server.url);
  for (const stop of ['button', 'Escape'] as const) {
    await say(page, `slow ${stop}`);
    const last = page.getByRole('article', { name: 'Assistant' }).last();
    await expect(last).toContainText('word word');
    if (stop === 'button') await page.getByRole('button', { name: 'Stop responding' }).click();
    else await page.keyboard.press('Escape');
    await expect(page.getByRole('status')).toContainText('Response stopped');
    await expect(last).toContainText('word word');
  }
  await expect.poll(() => server.seen.map(({ aborted }) => aborted)).toEqual([true, true]);
  const names = await heardNames(page);
  expect(names.filter((name) => name === 'onResponseStart')).toHaveLength(2);
  expect(names.filter((name) => name === 'onResponseEnd')).toHaveLength(2);
  expect(names).not.toContain('onError');
});

test('offers no stop where the server does not allow it', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'nocancel please');
  await expect(page.getByText('word word')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop responding' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(100);
  expect(server.seen[0]?.aborted).toBe(false);
});

test('shows an error inside the turn and retries it', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'error please');
  await expect(page.getByRole('alert')).toContainText('could not finish');
  await expect(page.getByRole('alert')).toContainText('is kept');
  await expect(page.getByText('This part arrived.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Here it is again.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('This part arrived.')).toHaveCount(0);
});

test("shows the server's own words and no retry where none is allowed", async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'custom-error please');
  await expect(page.getByRole('alert')).toContainText('The model is resting until noon.');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

test('keeps the message when it could not be sent', async ({ page, server }) => {
  server.refuse('threads.create', 401, { error: { code: 'unauthorized', message: 'Session expired' } });
  await mount(page, server.url);
  await say(page, 'a precious question');
  await expect(page.getByRole('alert')).toContainText('You are signed out');
  await expect(composer(page)).toHaveValue('a precious question');
  await expect(page.getByRole('article')).toHaveCount(0);
  expect((await heard(page)).find(({ name }) => name === 'onError')?.detail).toMatchObject({
    error: { code: 'unauthorized' },
  });
  server.allow('threads.create');
  await composer(page).press('Enter');
  await expect(page.getByText('You said: a precious question')).toBeVisible();
});

test('after a broken connection keeps what came, re-reads the thread, sends nothing twice', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await say(page, 'break please');
  await expect(page.getByRole('alert')).toContainText('The connection broke');
  await expect(page.getByText('Half an ans')).toBeVisible();
  expect(server.seen.map(({ body }) => body.type)).toEqual(['threads.create', 'threads.get_by_id']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Here it is again.')).toBeVisible();
});

test('runs a client tool of the page within one response', async ({ page, server }) => {
  await page.evaluate((url) => {
    window.harness.mount({
      api: { url, domainKey: 'x' },
      locale: 'en',
      onClientTool: async ({ params }) => ({ title: `${params.part}: Library` }),
    });
  }, server.url);
  await say(page, 'tool please');
  await expect(page.getByText('The page says {"title":"title: Library"}.')).toBeVisible();
  await expect(page.getByText('Used a tool on this page: read_page')).toBeVisible();
  await answered(page);
  expect(await heardNames(page)).toEqual(['onReady', 'onResponseStart', 'onThreadChange', 'onResponseEnd']);
});

test('shows every kind of step, and what it does not know does no harm', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'steps please');
  await answered(page);
  const thought = page.getByText('Thought for 4 seconds');
  await expect(page.getByText('Weighing the options')).toBeHidden();
  await thought.click();
  await expect(page.getByText('Weighing the options')).toBeVisible();
  await expect(page.getByText('Lisbon in May')).toBeVisible();
  await expect(page.getByText('weather lisbon may')).toBeVisible();
  await expect(page.getByText('Almost full')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('Almost full')).toHaveCount(0);
  await say(page, 'unknown please');
  await expect(page.getByText('Still here.')).toBeVisible();
  expect(await errors(page)).toEqual([]);
});

test('finds threads again: open, rename, delete, new', async ({ page, server }) => {
  const old = server.addThread({ title: 'Garden plan', ageDays: 3 });
  old.items.push(userMessage(old.id, 'Where do roses grow?'), answer(old.id, 'In the sun.'));
  server.addThread({ title: 'Phone plans', ageDays: 40 });
  await mount(page, server.url);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Garden plan/ }).click();
  await expect(page.getByText('In the sun.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Garden plan' })).toBeVisible();

  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Rename “Garden plan”' }).click();
  const title = page.getByRole('textbox', { name: 'New title' });
  await expect(title).toBeFocused();
  await title.fill('Roses');
  await title.press('Enter');
  await expect(page.getByRole('button', { name: /^Roses/ })).toBeVisible();
  expect(old.title).toBe('Roses');

  const remove = page.getByRole('button', { name: 'Delete “Roses”' });
  await remove.click();
  const dialog = page.getByRole('dialog', { name: 'Delete this conversation?' });
  await expect(dialog).toContainText('“Roses” will be removed for good');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(server.threads.has(old.id)).toBe(true);
  await expect(remove).toBeFocused();
  await remove.click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Roses/ })).toHaveCount(0);
  expect(server.threads.has(old.id)).toBe(false);

  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  expect(await errors(page)).toEqual([]);
});

test('tells what failed in the history and lets people try again', async ({ page, server }) => {
  const thread = server.addThread({ title: 'Stubborn' });
  server.refuse('threads.list', 500);
  await mount(page, server.url);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  server.allow('threads.list');
  await page.getByRole('button', { name: 'Try again' }).click();
  server.refuse('threads.update', 500);
  server.refuse('threads.delete', 500);
  await page.getByRole('button', { name: 'Rename “Stubborn”' }).click();
  await page.getByRole('textbox', { name: 'New title' }).fill('Other');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The title was not changed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete “Stubborn”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('was not deleted');
  expect(thread.title).toBe('Stubborn');
});

test('pages through a long history', async ({ page, server }) => {
  for (let n = 1; n <= 70; n += 1) server.addThread({ title: `Thread ${n}`, ageDays: n });
  await mount(page, server.url);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('button', { name: /^Thread 30/ })).toBeVisible();
  await page.getByRole('button', { name: /^Thread 30/ }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: /^Thread 60/ })).toBeAttached();
  await page.getByRole('button', { name: /^Thread 60/ }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: /^Thread 70/ })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('keeps a draft for every thread', async ({ page, server }) => {
  const a = server.addThread({ title: 'A' });
  const b = server.addThread({ title: 'B' });
  await mount(page, server.url, { initialThread: a.id });
  await composer(page).fill('for a');
  await page.evaluate((id) => window.harness.methods().setThreadId(id), b.id);
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('for b');
  await page.evaluate((id) => window.harness.methods().setThreadId(id), a.id);
  await expect(composer(page)).toHaveValue('for a');
});

test('locked and closed threads cannot be written to and say why', async ({ page, server }) => {
  const locked = server.addThread({ title: 'L', status: { type: 'locked', reason: 'Under review.' } });
  const closed = server.addThread({ title: 'C', status: { type: 'closed' } });
  await mount(page, server.url, { initialThread: locked.id });
  await expect(composer(page)).toBeDisabled();
  await expect(composer(page)).toHaveAttribute('placeholder', 'Under review.');
  await page.evaluate((id) => window.harness.methods().setThreadId(id), closed.id);
  await expect(page.getByText('This conversation is closed.')).toBeVisible();
  await expect(composer(page)).toHaveCount(0);
});

test('copies the answer as Markdown and as HTML', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await mount(page, server.url);
  await say(page, 'long plan');
  await answered(page);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [entry] = await navigator.clipboard.read();
    const read = async (type: string) => (await entry?.getType(type))?.text() ?? '';
    return { text: await read('text/plain'), html: await read('text/html') };
  });
  expect(copied.text).toContain('## A steady morning');
  expect(copied.html).toContain('<strong>ninety minutes</strong>');
  expect(copied.html).not.toContain('Copy code');
  await page.getByRole('button', { name: 'Copy code' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^export function minutes/);
});
