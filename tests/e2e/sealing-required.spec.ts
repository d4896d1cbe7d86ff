/** Sealing becomes required while people are at work: the page asks at once, and nothing that was typed is lost. */
import type { Page } from '@playwright/test';
import { addPerson } from '../support/browser.ts';
import { type Client, signIn } from '../support/client.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

const BOB = { email: 'bob@example.org', password: 'another battery staple' };

/** From now on sealing is required, of a page that has asked for everything it opens with: nothing else is refused. */
async function require(page: Page, administrator: Client, whose: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const changed = await administrator.rest('PUT', `/api/admin/policies/${whose}`, { sealing: 'required' });
  expect(changed.status).toBe(200);
}

const gate = (page: Page) => page.getByRole('dialog', { name: 'Seal your conversations' });

/** From the password to the code that is typed back. */
async function sealAt(page: Page, password: string): Promise<void> {
  await gate(page).getByLabel('Current password').fill(password);
  await gate(page).getByRole('button', { name: 'Show the code' }).click();
  await expect(gate(page).getByRole('button', { name: 'Print' })).toBeVisible();
  const groups = await gate(page).getByRole('listitem').first().locator('span').allTextContents();
  const asked = await gate(page)
    .getByText(/^Type part \d of the code$/)
    .textContent();
  const group = groups[Number(/\d/.exec(asked ?? '')?.[0]) - 1] ?? '';
  await gate(page)
    .getByRole('textbox', { name: /Type part/ })
    .fill(group);
  await gate(page).getByRole('button', { name: 'Seal now' }).click();
  await expect(gate(page)).toHaveCount(0);
}

/** The draft as the server has it. */
const drafts = (page: Page) => page.evaluate(async () => (await fetch('/api/drafts')).text());

test('a message that is refused because of it, and its file, are in the box again and can be sent', async ({
  connected,
  page,
}) => {
  const id = await addPerson(connected.url, ADMINISTRATOR, BOB);
  const administrator = await signIn(connected.url, ADMINISTRATOR);
  await signInAs(page, connected.url, BOB);
  await send(page, 'What was before');
  await expect(page.getByRole('article')).toHaveCount(2);
  const chat = page.locator('openai-chatkit');
  await chat
    .locator('input[type=file]')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some notes') });
  await composer(page).pressSequentially('Typed before it was asked');
  await expect.poll(() => drafts(page)).toContain('Typed before it was asked');
  await expect.poll(() => drafts(page)).toContain('notes.txt');

  await require(page, administrator, `people/${id}`);
  await composer(page).press('Enter');
  await expect(gate(page).getByRole('heading', { name: 'Seal your conversations' })).toBeFocused();
  await expect(gate(page).getByText('Your administrator asks for sealed accounts from now on')).toBeVisible();
  await expect(composer(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(gate(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('seal-while-open'), fullPage: true });

  await sealAt(page, BOB.password);
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveText('Typed before it was asked');
  await expect(chat.getByText('notes.txt')).toBeVisible();
  await expect(page.getByText('What was before').first()).toBeVisible();
  await expect(chat.getByRole('alert')).toHaveCount(0);
  await page.screenshot({ path: artifact('seal-while-open-after') });
  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect(composer(page)).toHaveText('');
});

test('what is typed when it begins is kept, and saved as soon as it can be', async ({ foyer, page }) => {
  const id = await addPerson(foyer.url, ADMINISTRATOR, BOB);
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  await signInAs(page, foyer.url, BOB);
  await require(page, administrator, `people/${id}`);
  // At once: the question may come as soon as something of it is saved.
  await composer(page).fill('Half a thought');
  await expect(gate(page).getByRole('heading', { name: 'Seal your conversations' })).toBeVisible();
  await sealAt(page, BOB.password);
  await expect(composer(page)).toHaveText('Half a thought');
  await expect.poll(() => drafts(page), { timeout: 3_000 }).toContain('Half a thought');
});

test('a dialog that is open stays open behind, with what was typed in it', async ({ foyer, page }) => {
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.goto(new URL('/admin', foyer.url).href);
  await page.getByRole('button', { name: 'Add person' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('E-mail address').fill('new@example.org');
  await require(page, administrator, 'roles/administrator');
  await form.getByRole('button', { name: 'Add person' }).click();
  await expect(gate(page)).toBeVisible();
  await sealAt(page, ADMINISTRATOR.password);
  await expect(form.getByLabel('E-mail address')).toHaveValue('new@example.org');
  await form.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByText('new@example.org').first()).toBeVisible();
});
