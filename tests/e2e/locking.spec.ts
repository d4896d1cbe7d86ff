/** Several people in one browser: locking, coming back by PIN, switching, and nothing of one left for another. */
import type { Page } from '@playwright/test';
import { addPerson } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';
import { traces } from './traces.ts';

const BOB = { email: 'bob.baker@example.org', password: 'another good password' };
const PIN = '829417';
const CANARY = 'quokka-canary';

/** Signs in by the form, and agrees to be shown. */
async function signInShown(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Show me on this machine').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(composer(page)).toBeVisible();
}

async function setPin(page: Page, password: string): Promise<void> {
  await page.goto(new URL('/account', page.url()).href);
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await expect(page.getByText('Your PIN was set.')).toBeVisible();
}

/** From the open account menu. */
const switchPerson = (page: Page) => page.getByRole('menuitem', { name: 'Switch person…' }).click();

const screenOf = (page: Page) => page.getByRole('main');

test('an answer goes on behind the lock, and everything is where it was', async ({ connected, page }) => {
  await page.goto(new URL('/login', connected.url).href);
  await signInShown(page, ADMINISTRATOR);
  await setPin(page, ADMINISTRATOR.password);
  await page.goto(new URL('/', connected.url).href);
  await send(page, `Tell me about ${CANARY} [burst:120] [slow:60]`);
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByText('word3')).toBeVisible();
  await composer(page).pressSequentially('half a thought');
  await page.keyboard.press('Control+Shift+L');

  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(page.locator('openai-chatkit')).toHaveCount(0);
  await expect(page).toHaveTitle('Locked · Foyer');
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
  await expect.poll(() => traces(page).then((found) => found.includes(CANARY))).toBe(false);
  expect(await traces(page)).not.toContain('half a thought');
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('lock-screen') });
  const refused = await page.evaluate(async () => (await fetch('/api/drafts')).status);
  expect(refused).toBe(423);

  await page.keyboard.type('470938');
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 more tries').first()).toBeVisible();
  await page.screenshot({ path: artifact('lock-wrong-pin') });
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Unlock' }).click();

  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByText(CANARY).first()).toBeVisible();
  await expect
    .poll(() => composer(page).evaluate((box) => ('value' in box ? box.value : box.textContent)))
    .toBe('half a thought');
  await expect(page.getByText('word119')).toBeVisible({ timeout: 20_000 });
});

test('who was reading further up reads there again after unlocking, once', async ({ connected, page }) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  for (const text of ['The first question [burst:200]', 'The second question [burst:200]']) {
    await send(page, text);
    await expect(page.getByText('word199')).toHaveCount(text.startsWith('The first') ? 1 : 2);
  }
  const read = page.getByText('word120').first();
  await read.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toBeVisible();
  const top = async () => (await read.boundingBox())?.y ?? Number.NaN;
  const before = await top();
  const unlock = async () => {
    await page.keyboard.press('Control+Shift+L');
    await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
    await page.getByRole('button', { name: 'Unlock' }).click();
  };
  await unlock();
  await expect(read).toBeInViewport();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(2);

  await page.reload();
  await expect(page.getByText('word199').last(), 'a reload alone begins at the end').toBeInViewport();
  await unlock();
  await expect(page.getByText('word199').last(), 'and so does who was at the end').toBeInViewport();
});

test('two people share a browser, and nothing of one is left for the other', async ({ connected, page }) => {
  await addPerson(connected.url, ADMINISTRATOR, BOB);
  await page.goto(new URL('/login', connected.url).href);
  await signInShown(page, ADMINISTRATOR);
  await setPin(page, ADMINISTRATOR.password);
  await page.goto(new URL('/', connected.url).href);
  await send(page, `My ${CANARY} [burst:60] [slow:40]`);
  await expect(page.getByText('word3')).toBeVisible();
  await composer(page).pressSequentially(`a draft of ${CANARY}`);

  await page.getByRole('button', { name: /^Account: ada/ }).click();
  await switchPerson(page);
  await expect(page.getByRole('heading', { name: 'Who is there?' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^ada/ })).toBeVisible();
  await page.getByRole('button', { name: 'Someone else' }).click();
  await signInShown(page, BOB);
  await expect(page.getByRole('button', { name: /^Account: bob/ })).toBeVisible();
  await expect(page.getByText('What would you like to know?')).toBeVisible();
  expect(await traces(page)).not.toContain(CANARY);
  const drafts = await page.evaluate(async () => (await fetch('/api/drafts')).text());
  expect(drafts).toBe('{"drafts":{}}');

  await send(page, 'Something of Bob [burst:3]');
  await expect(page.getByText('word2')).toBeVisible();
  await page.getByRole('button', { name: /^Account: bob/ }).click();
  await switchPerson(page);
  await expect(page.getByRole('button', { name: /^bob\.baker/ })).toBeVisible();
  await expect(page.getByText('Locked, waiting')).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('tiles') });

  await page.getByRole('button', { name: /^ada/ }).click();
  await page.keyboard.type(PIN);
  await page.screenshot({ path: artifact('pin-pad') });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Account: ada/ })).toBeVisible();
  expect(await traces(page)).not.toContain('Something of Bob');
  const client = await signIn(connected.url, ADMINISTRATOR);
  const drafted = await (await client.rest('GET', '/api/drafts')).text();
  expect(drafted, 'the draft was kept').toContain(CANARY);
  await page.locator('openai-chatkit').getByRole('button', { name: 'History' }).click();
  await page
    .locator('openai-chatkit')
    .getByRole('button', { name: `My ${CANARY}` })
    .first()
    .click();
  await expect(page.getByText('word59'), 'the answer went on').toBeVisible({ timeout: 20_000 });
});

test('all tabs of a browser lock and open together', async ({ foyer, page, context }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  const second = await context.newPage();
  await second.goto(new URL('/admin', foyer.url).href);
  await expect(second.getByText(ADMINISTRATOR.email).first()).toBeVisible();
  await second.getByRole('button', { name: /^Account: ada/ }).click();
  await second.getByRole('menuitem', { name: 'Lock', exact: true }).click();
  for (const tab of [page, second]) {
    await expect(tab.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await expect(tab.getByText('example.org')).toHaveCount(0);
  }
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(composer(page)).toBeVisible();
  await expect(second.getByText(ADMINISTRATOR.email).first(), 'where it was').toBeVisible();
  expect(new URL(second.url()).pathname).toBe('/admin');
});

test('a person is taken off the machine at their tile', async ({ foyer, page }) => {
  await page.goto(new URL('/login', foyer.url).href);
  await signInShown(page, ADMINISTRATOR);
  await page.getByRole('button', { name: /^Account: ada/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Remove ada from this list' }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
});

test.describe('narrow, dark, French', () => {
  test.use({ viewport: { width: 400, height: 800 }, colorScheme: 'dark', locale: 'fr-FR' });

  test('tiles, lock screen and the own settings are whole', async ({ foyer, page }) => {
    await addPerson(foyer.url, ADMINISTRATOR, BOB);
    await page.goto(new URL('/login', foyer.url).href);
    for (const person of [BOB, ADMINISTRATOR]) {
      if (person === ADMINISTRATOR) await page.getByRole('button', { name: 'Quelqu’un d’autre' }).click();
      await page.getByLabel('Adresse e-mail').fill(person.email);
      await page.getByLabel('Mot de passe', { exact: true }).fill(person.password);
      await page.getByLabel('M’afficher sur cette machine').check();
      if (person === BOB) await page.screenshot({ path: artifact('sign-in-fr-dark-400'), fullPage: true });
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await expect(composer(page)).toBeVisible();
      if (person === BOB) {
        await page.getByRole('button', { name: /bob/ }).click();
        await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
      }
    }
    await page.goto(new URL('/account', foyer.url).href);
    await page.getByRole('button', { name: 'Choisir un code PIN' }).click();
    await page.getByLabel('Mot de passe actuel').fill(ADMINISTRATOR.password);
    await page.getByLabel('Nouveau code PIN').fill('111111');
    await page.getByRole('button', { name: 'Choisir un code PIN' }).click();
    await expect(page.getByText('Ce code se répète')).toBeVisible();
    await page.screenshot({ path: artifact('pin-section-fr-dark-400'), fullPage: true });
    await page.getByLabel('Nouveau code PIN').fill(PIN);
    await page.getByRole('button', { name: 'Choisir un code PIN' }).click();
    await expect(page.getByText('Votre code PIN est enregistré.')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Shift+L');
    await expect(page.getByLabel('Code PIN', { exact: true })).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: artifact('lock-fr-dark-400'), fullPage: true });
    expect(
      await screenOf(page).evaluate((main) => main.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);
    await page.getByRole('button', { name: 'Changer de personne…' }).click();
    await expect(page.getByRole('button', { name: /^ada/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: artifact('tiles-fr-dark-400'), fullPage: true });
  });
});
