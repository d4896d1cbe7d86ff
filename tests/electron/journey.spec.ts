/** What a person does with the desktop app, in a real window, with a real keychain. */
import { expect } from '@playwright/test';
import { dataFiles, test } from './app.ts';
import { ADA, answer, ask, chat, openThread, screenshot, signIn, stop, WITH_ADA } from './person.ts';

test('install, ask, watch it stream, quit, come back, sign in, find it', async ({ desktop }) => {
  const first = await desktop.launch();
  const { page } = first;
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('E-mail address').fill(ADA.email);
  await page.getByLabel('Password', { exact: true }).fill(ADA.password);
  await screenshot(page, 'setup');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(chat(page).getByRole('textbox')).toBeVisible();
  await screenshot(page, 'start');

  await ask(page, 'What can Foyer do? quokka-canary');
  await expect(answer(page)).toContainText(/guide/i);
  await expect(stop(page)).toBeVisible();
  const early = ((await answer(page).textContent()) ?? '').length;
  await expect(stop(page)).toBeHidden({ timeout: 20_000 });
  const complete = (await answer(page).textContent()) ?? '';
  expect(complete.length).toBeGreaterThan(early);
  await screenshot(page, 'answer');

  await answer(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => first.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/guide/i);
  await first.quit();

  const files = dataFiles(desktop.home);
  const names = files.map(({ name }) => name);
  expect(names).toContain('history.db');
  expect(names, 'the keychain holds the secrets').not.toContain('keychain.json');
  for (const { name, contents } of files) {
    expect(contents.includes('quokka-canary'), `${name} holds what was typed`).toBe(false);
  }

  const second = await desktop.launch();
  await expect(second.page).toHaveURL(/\/login$/);
  await screenshot(second.page, 'login');
  await signIn(second.page);
  await openThread(second.page, 'What can Foyer do?');
  await expect(answer(second.page)).toHaveText(complete);
  await screenshot(second.page, 'found-again');
  await second.quit();
});

test('the system shuts down in the middle of an answer: what was there is kept', async ({ desktop }) => {
  const first = await desktop.launch({ env: WITH_ADA });
  await signIn(first.page);
  await ask(first.page, 'What can Foyer do?');
  await expect(answer(first.page)).toContainText(/guide/i);
  await expect(stop(first.page)).toBeVisible();
  await first.terminate();

  const second = await desktop.launch();
  await signIn(second.page);
  await openThread(second.page, 'What can Foyer do?');
  await expect(chat(second.page).getByRole('article').first()).toContainText('What can Foyer do?');
  await expect(answer(second.page)).toContainText(/guide/i);
  await second.quit();
});

test('speaks French on a French system, in its menus too', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: { LANG: 'fr_FR.UTF-8' } });
  await expect(page.getByRole('button', { name: 'Créer l’administrateur' })).toBeVisible();
  await screenshot(page, 'setup-fr');
  const menus = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));
  expect(menus).toEqual(['Fichier', 'Édition', 'Affichage', 'Fenêtre']);
  await quit();
});
