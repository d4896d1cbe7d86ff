/** Messages written while a response runs: they wait, in an order that can be changed, and are sent one after the other. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

const queue = (page: Page) => page.getByRole('region', { name: /^Waiting messages/ });
const rows = (page: Page) => queue(page).getByRole('listitem');
const shot = (page: Page, name: string) =>
  page.screenshot({ path: `tests/artifacts/element/queue-${name}.png` });
const textsOf = (server: { seen: { body: { type: string; params: Record<string, unknown> } }[] }) =>
  server.seen
    .map(({ body }) => body.params.input as { content?: { text: string }[] } | undefined)
    .flatMap((input) => input?.content?.map(({ text }) => text) ?? []);

/** Starts a response that stands still until the gate opens. */
async function hold(page: Page) {
  await say(page, 'gate, please');
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeVisible();
}

test('wait above the message box and go out in order when the response is there', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await hold(page);
  await expect(page.getByRole('button', { name: 'Send after this response' })).toHaveCount(0);
  await composer(page).fill('second question');
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeVisible();
  await page.getByRole('button', { name: 'Send after this response' }).click();
  await expect(composer(page)).toHaveValue('');
  await say(page, 'third question, which is rather long: '.padEnd(190, 'and on '));
  await expect(queue(page)).toHaveAccessibleName('Waiting messages (2)');
  await expect(page.getByRole('status').getByText('Message 2 in the queue')).toBeAttached();
  expect(await violations(page)).toEqual([]);
  await composer(page).fill('still typing');
  await shot(page, 'waiting');
  expect(textsOf(server)).toEqual(['gate, please']);
  server.openGate();
  await expect(queue(page)).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(6);
  await answered(page);
  expect(textsOf(server).slice(0, 2)).toEqual(['gate, please', 'second question']);
  expect(textsOf(server)[2]).toMatch(/^third question/);
  await expect(composer(page)).toHaveValue('still typing');
});

test('change places by button and key, are edited, removed, and held after a stop', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await hold(page);
  for (const text of ['one', 'two', 'three']) await say(page, text);
  await page.getByRole('button', { name: 'Send “three” earlier' }).click();
  await expect(rows(page)).toContainText(['one', 'three', 'two']);
  await expect(page.getByRole('button', { name: 'Send “three” earlier' })).toBeFocused();
  await expect(page.getByRole('status').getByText('Moved to place 2 of 3')).toBeAttached();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows(page)).toContainText(['three', 'one', 'two']);
  await expect(page.getByRole('button', { name: 'Send “three” earlier' })).toBeFocused();
  // At the end it goes no further, and the focus stays.
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows(page)).toContainText(['three', 'one', 'two']);
  await page.getByRole('button', { name: 'Remove one' }).click();
  await expect(rows(page)).toContainText(['three', 'two']);
  await expect(page.getByRole('button', { name: 'Remove two' })).toBeFocused();
  await page.getByRole('button', { name: 'Edit “three”' }).click();
  await expect(composer(page)).toHaveValue('three');
  await expect(composer(page)).toBeFocused();
  await composer(page).fill('');

  await page.getByRole('button', { name: 'Stop responding' }).click();
  await answered(page);
  await expect(queue(page)).toContainText('Held because you stopped the response.');
  await expect(rows(page)).toContainText(['two']);
  expect(await violations(page)).toEqual([]);
  await shot(page, 'held');
  server.openGate();
  await page.waitForTimeout(300);
  expect(textsOf(server)).toEqual(['gate, please']);
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(queue(page)).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(4);
  expect(textsOf(server)).toEqual(['gate, please', 'two']);
});

test('are held when the server refuses, and nothing is lost', async ({ page, server }) => {
  await mount(page, server.url, { locale: 'fr' });
  await page.getByRole('textbox').fill('gate, please');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Arrêter la réponse' })).toBeVisible();
  for (const text of ['deux', 'trois']) {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
  }
  server.refuse('threads.add_user_message', 500);
  server.openGate();
  const region = page.getByRole('region', { name: /^Messages en attente/ });
  await expect(region).toContainText('un problème est survenu');
  await expect(region.getByRole('listitem')).toContainText(['deux', 'trois']);
  await expect(page.getByText('Il reste dans la file d’attente.')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await shot(page, 'narrow-fr');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
  server.allow('threads.add_user_message');
  await region.getByRole('button', { name: 'Envoyer maintenant' }).click();
  await expect(page.getByRole('article')).toHaveCount(6);
  expect(textsOf(server).filter((text) => text === 'trois')).toHaveLength(1);
});

test('look right in the dark and from right to left', async ({ page, server }) => {
  await mount(page, server.url, { theme: { colorScheme: 'dark' }, locale: 'ar' });
  await page.getByRole('textbox').fill('gate, please');
  await page.keyboard.press('Enter');
  for (const text of ['سؤال ثان عن الصباح', 'another one']) {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
  }
  await expect(rows(page)).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  await shot(page, 'dark-rtl');
  server.openGate();
});

test('nothing is sent while dictation records', async ({ page, server }) => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () =>
      new AudioContext().createMediaStreamDestination().stream;
  });
  await mount(page, server.url, { composer: { dictation: { enabled: true } } });
  await composer(page).fill('half of it');
  await page.getByRole('button', { name: 'Dictate' }).click();
  await expect(page.getByRole('button', { name: 'Stop and insert the text' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await composer(page).press('Enter');
  await page.getByRole('button', { name: 'Cancel the recording' }).click();
  await expect(page.getByRole('button', { name: 'Send message' })).toBeEnabled();
  expect(textsOf(server)).toEqual([]);
});
