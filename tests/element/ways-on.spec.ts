/** No dead ends and no riddles: what a person sees and can do where nothing comes, or nothing has come. */
import { answer, item, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say, update } from './helpers.ts';

const retries = { threadItemActions: { retry: true } };

test('a message that nothing answered can be sent for an answer again', async ({ page, server }) => {
  const thread = server.addThread({ title: 'Left alone' });
  thread.items.push(userMessage(thread.id, 'Is anybody there?'));
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Is anybody there?')).toBeVisible();
  await expect(page.getByText('This message has no answer.')).toHaveCount(0);
  await update(page, server.url, { initialThread: thread.id, ...retries });
  await expect(page.getByText('This message has no answer.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('article', { name: 'Assistant' })).toContainText('Here it is again.');
  await expect(page.getByText('This message has no answer.')).toHaveCount(0);
  expect(server.seen.at(-1)?.body).toMatchObject({ type: 'threads.retry_after_item' });
});

test('a message says nothing of an answer while one is under way, or where the reason stands', async ({
  page,
  server,
}) => {
  await mount(page, server.url, retries);
  await say(page, 'wait for it');
  await expect(page.getByTestId('waiting')).toBeVisible();
  await expect(page.getByText('This message has no answer.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop responding' }).click();
  await expect(page.getByText('This message has no answer.')).toBeVisible();
  await say(page, 'custom-error now');
  await expect(page.getByText('resting until noon')).toBeVisible();
  await expect(page.getByText('This message has no answer.')).toHaveCount(0);
});

test('an answer that stands still shows that it goes on', async ({ page, server }) => {
  const gate = Promise.withResolvers<void>();
  server.play('pause', (thread_id) => {
    const half = answer(thread_id, 'The first half');
    return [
      { type: 'thread.item.added', item: half },
      gate.promise,
      { type: 'thread.item.done', item: half },
    ];
  });
  await mount(page, server.url);
  await say(page, 'pause please');
  await expect(page.getByText('The first half')).toBeVisible();
  await expect(page.getByTestId('waiting')).toHaveCount(0);
  await expect(page.getByTestId('waiting')).toBeVisible({ timeout: 4_000 });
  gate.resolve();
  await answered(page);
  await expect(page.getByTestId('waiting')).toHaveCount(0);
});

test('what is kept is said once: by the server where it has words of its own', async ({ page, server }) => {
  server.play('broke', () => [
    { type: 'error', code: 'custom', message: 'It broke. Your message is kept.', allow_retry: true },
  ]);
  await mount(page, server.url);
  await say(page, 'broke');
  await expect(page.getByRole('alert').first()).toContainText('It broke. Your message is kept.');
  await expect(page.getByText('Everything received so far is kept.')).toHaveCount(0);
  await say(page, 'error');
  await expect(page.getByText('Everything received so far is kept.')).toBeVisible();
});

test('a conversation that was chosen can be written in at once', async ({ page, server }) => {
  const thread = server.addThread({ title: 'An older one' });
  thread.items.push(userMessage(thread.id, 'Hello'), answer(thread.id, 'Good day.'));
  await mount(page, server.url);
  for (const how of ['mouse', 'keyboard'] as const) {
    await page.getByRole('button', { name: 'History' }).click();
    const row = page.getByRole('button', { name: /^An older one/ });
    if (how === 'mouse') await row.click();
    else await row.press('Enter');
    await expect(page.getByText('Good day.')).toBeVisible();
    await expect(composer(page), how).toBeFocused();
    await page.getByRole('button', { name: 'New chat' }).click();
  }
});

test('the head of a table is never seen as a line of pipes', async ({ page, server }) => {
  const gate = Promise.withResolvers<void>();
  server.play('table', (thread_id) => {
    const half = item('assistant_message', thread_id, {
      content: [{ type: 'output_text', text: 'Look:\n\n| Word | Length |', annotations: [] }],
    });
    return [
      { type: 'thread.item.added', item: half },
      gate.promise,
      { type: 'thread.item.done', item: half },
    ];
  });
  await mount(page, server.url);
  await say(page, 'table');
  await expect(page.getByRole('columnheader', { name: 'Length' })).toBeVisible();
  gate.resolve();
  await answered(page);
});
