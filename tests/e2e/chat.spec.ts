import type { Locator, Page } from '@playwright/test';
import { ADMINISTRATOR, artifact, composer, expect, openHistory, send, signInAs, test } from './fixtures.ts';

const chat = (page: Page) => page.locator('openai-chatkit');
const lastTurn = (page: Page) => chat(page).getByRole('article').last();

const textOf = async (place: Locator) => (await place.textContent()) ?? '';

test('streams, is kept over a reload, renamed and deleted', async ({ connected, page }) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Tell me about lobbies [slow:15]');
  await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeVisible();
  await expect.poll(async () => (await textOf(lastTurn(page))).length).toBeGreaterThan(20);
  const early = (await textOf(lastTurn(page))).length;
  await page.screenshot({ path: artifact('streaming') });
  await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeHidden({ timeout: 15_000 });
  const whole = await textOf(lastTurn(page));
  expect(whole.length).toBeGreaterThan(early);

  await page.reload();
  await expect(chat(page).getByText('Tell me about lobbies').first()).toBeVisible();

  await openHistory(page);
  await page.screenshot({ path: artifact('history') });
  await chat(page)
    .getByRole('button', { name: /^Rename/ })
    .click();
  await chat(page).getByLabel('New title').fill('About lobbies');
  const renamed = page.waitForResponse(
    (response) => response.request().postData()?.includes('threads.update') ?? false,
  );
  await chat(page).getByLabel('New title').press('Enter');
  expect((await renamed).status()).toBe(200);
  await expect(chat(page).getByRole('button', { name: /^About lobbies/ })).toBeVisible();
  await page.reload();
  await openHistory(page);
  await expect(chat(page).getByRole('button', { name: /^About lobbies/ })).toBeVisible();
  await chat(page)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(chat(page).getByText('Delete this conversation?')).toBeVisible();
  await page.screenshot({ path: artifact('delete-conversation') });
  await chat(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(chat(page).getByText('No conversations yet')).toBeVisible();
});

test('Stop keeps what was written, and the thread goes on', async ({ connected, page }) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'A long story, please [slow:60]');
  await expect.poll(async () => (await textOf(lastTurn(page))).length).toBeGreaterThan(20);
  await chat(page).getByRole('button', { name: 'Stop responding' }).click();
  await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeHidden();
  const kept = (await textOf(lastTurn(page))).slice(0, 15);
  await page.reload();
  await expect(lastTurn(page)).toContainText(kept);
  await send(page, 'And then? [burst:3]');
  await expect(chat(page).getByRole('article')).toHaveCount(4);
});

test('an answer goes on while its page is loaded again, and can be stopped there', async ({
  connected,
  model,
  page,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  const stop = chat(page).getByRole('button', { name: 'Stop responding' });
  await send(page, 'Tell me about lobbies [slow:60]');
  await expect.poll(async () => (await textOf(lastTurn(page))).length).toBeGreaterThan(20);
  await page.reload();
  await expect(stop).toBeVisible();
  await expect(stop).toBeHidden({ timeout: 20_000 });
  await expect(lastTurn(page)).toContainText('That is all.');
  await expect(chat(page).getByRole('article')).toHaveCount(2);

  await send(page, 'And once more [slow:100]');
  await expect.poll(async () => (await textOf(lastTurn(page))).length).toBeGreaterThan(20);
  await page.reload();
  await stop.click();
  expect(await model.requests.at(-1)?.closed).toBe('aborted');
  await page.reload();
  await expect(chat(page).getByText('And once more').first()).toBeVisible();
  await expect(stop).toBeHidden();
  await expect(lastTurn(page)).not.toContainText('That is all.');
});

test('an error says what happened, keeps the question, and can be tried again', async ({
  connected,
  model,
  page,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Answer me [status:500]');
  const retry = chat(page).getByRole('button', { name: 'Try again' });
  await expect(retry.first()).toBeVisible({ timeout: 20_000 });
  await page.screenshot({ path: artifact('error') });
  await expect(chat(page).getByText('Answer me').first()).toBeVisible();
  const before = model.requests.length;
  await retry.first().click();
  await expect.poll(() => model.requests.length).toBeGreaterThan(before);
});

test('Markdown from the model is safe: no markup, no images from elsewhere, no script links', async ({
  connected,
  page,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  const payload =
    '<img src=x onerror="window.hit=1"> ![x](https://192.0.2.7/p.png) [link](javascript:window.hit=2) <script>window.hit=3</script>';
  await send(page, `[echo] ${payload}`);
  await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await expect(chat(page).getByRole('article')).toHaveCount(2);
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
  await expect(chat(page).locator('a[href^="javascript"]')).toHaveCount(0);
});

test('Shift+Enter makes a line, Escape stops, drafts stay per thread', async ({ connected, page }) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await composer(page).fill('one');
  await composer(page).press('Shift+Enter');
  await composer(page).pressSequentially('two');
  await expect(composer(page)).toHaveValue('one\ntwo');
  await composer(page).fill('Slowly [slow:80]');
  await composer(page).press('Enter');
  await expect.poll(async () => (await textOf(lastTurn(page))).length).toBeGreaterThan(10);
  await composer(page).press('Escape');
  await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeHidden();
});

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' });
  test('page, element and guide speak French', async ({ foyer, page }) => {
    await page.goto(new URL('/login', foyer.url).href);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await page.getByLabel(/Adresse e-mail/).fill(ADMINISTRATOR.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(ADMINISTRATOR.password);
    await page.screenshot({ path: artifact('login-fr') });
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await send(page, 'Comment connecter un modèle ?');
    await expect(lastTurn(page)).toContainText(/guide/i);
    await expect(lastTurn(page)).toContainText('OPENAI_API_KEY');
    await expect(chat(page).getByRole('button', { name: /Arrêter/ })).toBeHidden({ timeout: 20_000 });
    await page.screenshot({ path: artifact('guide-answer-fr') });
  });
});

test.describe('dark and narrow', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 380, height: 740 } });
  test('fits and reads well', async ({ foyer, page }) => {
    await signInAs(page, foyer.url, ADMINISTRATOR);
    await send(page, 'What can Foyer do?');
    await expect(chat(page).getByRole('button', { name: 'Stop responding' })).toBeHidden({ timeout: 20_000 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: artifact('dark-narrow') });
  });
});
