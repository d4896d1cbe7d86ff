/** What a person does with the desktop app, in a real window, with a real keychain. */
import { expect, type Page } from '@playwright/test';
import { dataFiles, test } from './app.ts';
import { ADA, answer, ask, chat, openThread, screenshot, signIn, stop, WITH_ADA } from './person.ts';

/** Notes in the page how long the last answer has been, whenever that changes. @returns the lengths so far */
async function watchAnswer(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    if (!root) throw new Error('no chat');
    const lengths = new Set<number>();
    Object.assign(globalThis, { lengths });
    const look = () => lengths.add([...root.querySelectorAll('article')].at(-1)?.textContent?.length ?? 0);
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { lengths: Set<number> }).lengths]);
}

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

  const lengths = await watchAnswer(page);
  await ask(page, 'What can Foyer do? quokka-canary');
  await expect(answer(page)).toContainText(/guide/i);
  await expect(stop(page)).toBeHidden();
  const complete = (await answer(page).textContent()) ?? '';
  expect((await lengths()).length, 'it grew before the eyes').toBeGreaterThan(5);
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
