/** Links that begin with `foyer:`: they propose, a dialog of the system asks, and nothing is ever sent. */
import { once } from 'node:events';
import { type ElectronApplication, expect } from '@playwright/test';
import { test } from './app.ts';
import { answer, ask, chat, screenshot, signIn, stop, WITH_ADA } from './person.ts';
import { answerQuestions } from './questions.ts';

/** What another start of Foyer hands over, without one. */
const receive = (app: ElectronApplication, link: string) =>
  app.evaluate((electron, given) => electron.app.emit('second-instance', {}, ['foyer', given], '/'), link);

// Each starts the app more than once.
test.describe.configure({ timeout: 90_000 });

test('a link to a new chat puts its text into the message box once the person agrees', async ({
  desktop,
}) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  const questions = await answerQuestions(app);
  const box = chat(page).getByRole('textbox');

  await questions.answerWith(1);
  const [code] = await once(desktop.spawn({}, ['foyer://new?text=No%20thanks']), 'exit');
  expect(code, 'another start hands its link over and ends').toBe(0);
  await expect.poll(async () => (await questions.asked()).length).toBe(1);
  expect((await questions.asked())[0]?.detail).toContain('No thanks');
  await page.waitForTimeout(300);
  await expect(box).toHaveText('');

  await questions.answerWith(0);
  await box.fill('Begun before');
  await page.waitForTimeout(1_500);
  await receive(app, 'foyer://new?text=From%20a%20link%0Atwo');
  await expect(box).toContainText('From a link');
  await expect(box).toContainText('Begun before');
  await screenshot(page, 'link-new-chat');
  await page.waitForTimeout(500);
  await expect(chat(page).getByRole('article')).toHaveCount(0);

  await receive(app, 'foyer://settings?base_url=https://evil.example');
  await expect.poll(async () => (await questions.asked()).length).toBe(3);
  expect((await questions.asked())[2]?.buttons).toHaveLength(1);
  expect(page.url()).not.toContain('settings');
  await quit();
});

test('a link that comes before anybody has signed in waits, and opens a conversation of theirs', async ({
  desktop,
}) => {
  const first = await desktop.launch({ env: WITH_ADA });
  await signIn(first.page);
  await ask(first.page, 'What can Foyer do?');
  await expect(stop(first.page)).toBeVisible();
  await expect(stop(first.page)).toBeHidden({ timeout: 20_000 });
  const threadId = await first.page.evaluate(async () => {
    const body = JSON.stringify({ type: 'threads.list', params: {} });
    const headers = { 'Content-Type': 'application/json' };
    const list = await fetch('/api/chatkit', { method: 'POST', headers, body });
    return ((await list.json()) as { data: { id: string }[] }).data[0]?.id;
  });
  await first.quit();

  const second = await desktop.launch();
  const questions = await answerQuestions(second.app);
  await expect(second.page).toHaveURL(/\/login$/);
  await receive(second.app, `foyer://thread/${threadId}`);
  await expect.poll(async () => (await questions.asked()).length).toBe(1);
  await expect(second.page, 'nobody is signed in').toHaveURL(/\/login$/);
  await signIn(second.page);
  await expect(answer(second.page)).toContainText(/guide/i);
  await second.quit();
});
