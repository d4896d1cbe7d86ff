/** However a response ends: exactly one start, one end, nothing lost, and the chat works afterwards. */
import { item } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { composer, errors, heard, heardNames, mount, say } from './helpers.ts';

const stop = { name: 'Stop responding' };

interface Ending {
  text: string;
  /** Codes of the errors that the host hears. */
  errors: readonly string[];
  /** What is to be seen at the end. */
  shows: string;
  stops?: boolean;
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  'its own end': { text: 'hello', errors: [], shows: 'You said: hello' },
  'an empty answer': { text: 'nothing', errors: [], shows: 'nothing' },
  'the stop button': { text: 'slow', errors: [], shows: 'word word', stops: true },
  'the stop button before the first word': { text: 'wait', errors: [], shows: 'wait', stops: true },
  'the stop button during a tool of the page': {
    ...{ text: 'endless', errors: [], shows: 'hang', stops: true },
  },
  'an error of the server that can be retried': {
    ...{ text: 'error', errors: ['stream'], shows: 'could not finish' },
  },
  'an error of the server that cannot': {
    text: 'custom-error',
    errors: ['stream'],
    shows: 'resting until noon',
  },
  'a broken connection': { text: 'break', errors: ['interrupted'], shows: 'Half an ans' },
  'a tool of the page that throws': { text: 'tool', errors: [], shows: 'no title here' },
};

for (const [how, ending] of Object.entries(ENDINGS)) {
  test(`by ${how}`, async ({ page, server }) => {
    server.play('nothing', () => []);
    server.play('endless', (thread_id) => [
      {
        type: 'thread.item.done',
        item: {
          ...item('client_tool_call', thread_id, { status: 'pending', call_id: 'c1' }),
          ...{ name: 'hang', arguments: {} },
        },
      },
    ]);
    await page.evaluate((url) => {
      window.harness.mount({
        api: { url, domainKey: 'x' },
        locale: 'en',
        onClientTool: ({ name }) =>
          name === 'hang' ? new Promise(() => {}) : Promise.reject(new Error('no title here')),
      });
    }, server.url);
    await say(page, ending.text);
    await composer(page).fill('the next draft');
    if (ending.stops === true) {
      await expect(page.getByText(ending.shows).first()).toBeVisible();
      await page.getByRole('button', stop).click();
    }
    await expect.poll(() => heardNames(page), { timeout: 20_000 }).toContain('onResponseEnd');
    await expect(page.getByText(ending.shows).first()).toBeVisible();
    await page.waitForTimeout(300);
    const events = await heard(page);
    const names = events.map(({ name }) => name);
    expect(names.filter((name) => name === 'onResponseStart')).toHaveLength(1);
    expect(names.filter((name) => name === 'onResponseEnd')).toHaveLength(1);
    const codes = events.flatMap(({ name, detail }) =>
      name === 'onError' ? [(detail as { error: { code: string } }).error.code] : [],
    );
    expect(codes).toEqual(ending.errors);
    await expect(page.getByRole('button', stop)).toHaveCount(0);
    await expect(
      page.getByRole('article', { name: 'Assistant' }).and(page.locator('[aria-busy=true]')),
    ).toHaveCount(0);
    // What was typed meanwhile is there, and can be sent.
    await expect(composer(page)).toHaveValue('the next draft');
    await composer(page).press('Enter');
    await expect(page.getByText('You said: the next draft')).toBeVisible();
    expect(await errors(page)).toEqual([]);
  });
}

test('by a refusal: message and new draft are both in the box', async ({ page, server }) => {
  server.refuse('threads.create', 503, { error: { code: 'busy', message: 'Come back at noon.' } });
  await mount(page, server.url);
  await say(page, 'a precious question');
  await expect(page.getByRole('alert')).toContainText('Come back at noon.');
  await expect(composer(page)).toHaveValue('a precious question');
  const names = await heardNames(page);
  expect(names.filter((name) => name !== 'onReady')).toEqual(['onResponseStart', 'onError', 'onResponseEnd']);
});

test('by deleting its thread, or leaving the thread: the stream of a deleted one is closed', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await say(page, 'slow please');
  await expect(page.getByText('word word')).toBeVisible();
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => server.seen[0]?.aborted).toBe(true);
  await expect.poll(() => heardNames(page)).toContain('onResponseEnd');
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await expect(page.getByText('What can I help with today?')).toBeVisible();
  const names = await heardNames(page);
  expect(names.filter((name) => name === 'onResponseEnd')).toHaveLength(1);
  expect(names).not.toContain('onError');
});

test('the computer is offline: it says so, once, and takes it back; nothing is lost', async ({
  page,
  server,
  context,
}) => {
  await mount(page, server.url);
  await say(page, 'hello');
  await expect(page.getByText('You said: hello')).toBeVisible();
  await composer(page).fill('written offline');
  await context.setOffline(true);
  const note = page.locator('.ck-offline');
  await expect(note).toContainText('This computer is offline');
  await expect(page.getByRole('status')).toContainText('This computer is offline');
  await page.screenshot({ path: 'tests/artifacts/element/offline.png' });
  await composer(page).press('Enter');
  await expect(page.getByRole('alert')).toContainText('could not be reached');
  await expect(composer(page)).toHaveValue('written offline');
  await context.setOffline(false);
  await expect(note).toHaveCount(0);
  await expect(page.getByRole('status')).toContainText('online again');
  await composer(page).press('Enter');
  await expect(page.getByText('You said: written offline')).toBeVisible();
});
