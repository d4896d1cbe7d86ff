/** Deactivating somebody in the middle of an answer, a given password, a guest, and a house full of people. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { type Client, signIn } from '../support/client.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

const BOB = { email: 'bob@example.org', password: 'another good password' };
const GUS = { email: 'gus@example.org', password: 'only passing through' };

async function create(administrator: Client, person: object): Promise<void> {
  expect((await administrator.rest('POST', '/api/admin/users', person)).status).toBe(201);
}

test('a person who is deactivated while an answer streams is out within a second, and comes back to what was written', async ({
  connected,
  browser,
  page,
}) => {
  // Two people take turns here, on a machine that may have much else to do.
  test.slow();
  const administrator = await signIn(connected.url, ADMINISTRATOR);
  await create(administrator, BOB);
  await signIn(connected.url, BOB);
  const context = await browser.newContext();
  const bobs = await context.newPage();
  await signInAs(bobs, connected.url, BOB);
  await send(bobs, 'Tell me about stairs [slow:300]');
  await expect(bobs.getByText('You asked')).toBeVisible();

  await signInAs(page, connected.url, ADMINISTRATOR);
  await page.goto(new URL('/admin', connected.url).href);
  const row = page.getByRole('row', { name: /bob@example\.org/ });
  await expect(row).toContainText('Signed in now');
  const choose = async (action: string) => {
    await row.getByRole('button', { name: 'Actions for bob@example.org' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await choose('Sessions');
  await expect(page.getByRole('dialog').getByText('Chrome on Linux').first()).toBeVisible();
  await page.screenshot({ path: artifact('people-sessions') });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await choose('Deactivate');
  await page.screenshot({ path: artifact('people-deactivate') });
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await expect(row.getByText('Deactivated')).toBeVisible();

  await expect(bobs.getByRole('button', { name: 'Stop responding' })).toBeHidden({ timeout: 1_000 });
  await send(bobs, 'Are you still there?');
  await expect(bobs.getByText('You were signed out')).toBeVisible();
  await bobs.getByLabel('E-mail address').fill(BOB.email);
  await bobs.getByLabel('Password', { exact: true }).fill(BOB.password);
  await bobs.getByRole('button', { name: 'Sign in' }).click();
  await expect(bobs.getByRole('alert')).toContainText('wrong');

  await choose('Activate');
  await expect(page.getByText('is active again')).toBeVisible();
  await bobs.getByRole('button', { name: 'Sign in' }).click();
  await expect(composer(bobs)).toBeVisible();
  await expect(bobs.getByText('You asked')).toBeVisible();
  await context.close();
});

test('a given password opens only the way to an own one', async ({ foyer, page }) => {
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  await create(administrator, BOB);
  await page.goto(new URL('/login', foyer.url).href);
  await page.getByLabel('E-mail address').fill(BOB.email);
  await page.getByLabel('Password', { exact: true }).fill(BOB.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Choose your own password' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('new-password') });
  for (const elsewhere of ['/', '/account', '/login']) {
    await page.goto(new URL(elsewhere, foyer.url).href);
    await expect(page.getByRole('heading', { name: 'Choose your own password' })).toBeVisible();
  }
  const save = page.getByRole('button', { name: 'Save and go on' });
  await page.getByLabel('Password you were given').fill(BOB.password);
  await page.getByLabel('New password').fill(BOB.password);
  await save.click();
  await expect(page.getByText('This is the password you have already.')).toBeVisible();
  await page.setViewportSize({ width: 400, height: 800 });
  await page.screenshot({ path: artifact('new-password-same-400') });
  await page.getByLabel('New password').fill('a choice of my own');
  await save.click();
  await expect(composer(page)).toBeVisible();
  await page.reload();
  await expect(composer(page)).toBeVisible();
});

test('a guest is told that nothing is kept, and leaves nothing', async ({ foyer, page }) => {
  const administrator = await signIn(foyer.url, ADMINISTRATOR);
  await create(administrator, { ...GUS, role: 'guest' });
  await signIn(foyer.url, GUS).then((client) => client.rest('POST', '/api/auth/logout'));
  await signInAs(page, foyer.url, GUS);
  const notice = page.getByText('Nothing is kept: this conversation goes when you sign out.');
  await expect(notice).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await send(page, 'A secret of a guest');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeHidden({ timeout: 20_000 });
  await expect(page.locator('openai-chatkit').getByRole('button', { name: 'History' })).toHaveCount(0);
  await page.screenshot({ path: artifact('guest-chat') });
  await page.reload();
  await expect(page.getByRole('article', { name: 'You' })).toContainText('A secret of a guest');
  await page.getByRole('button', { name: /Account/ }).click();
  await expect(page.getByRole('menu')).toContainText('Guest');
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await signInAs(page, foyer.url, GUS);
  await expect(notice).toBeVisible();
  await expect(page.getByText('A secret of a guest')).toHaveCount(0);
});

test('the own sessions are shown, and all of them can be ended', async ({ foyer, page }) => {
  const program = await signIn(foyer.url, ADMINISTRATOR);
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: 'Account' }).click();
  await expect(page.getByText('Chrome on Linux')).toBeVisible();
  await expect(page.getByText('Node.js')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('account-sessions') });
  await page.setViewportSize({ width: 400, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: artifact('account-sessions-400-dark') });
  await page.getByRole('button', { name: 'End session: Node.js' }).click();
  await expect(page.getByText('The session was ended.')).toBeVisible();
  expect((await program.rest('GET', '/api/users/me')).status).toBe(401);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/login/);
});

/** Rows as a house has them; nobody signs in as these. */
function fill(dataDir: string): void {
  const database = new Database(path.join(dataDir, 'foyer.db'));
  const names = ['ada', 'bea', 'cem', 'dan', 'eve', 'fay', 'gil', 'hui', 'ivo', 'joy'];
  const insert = database.prepare(
    `INSERT INTO users (id, email, password_hash, role, status, password_is_temporary, created_at, updated_at)
     VALUES (?, ?, 'x', ?, ?, ?, ?, ?)`,
  );
  const signedIn = database.prepare(
    "INSERT INTO audit (at, actor_id, action, subject_id) VALUES (?, ?, 'session.started', ?)",
  );
  database.transaction(() => {
    for (let index = 0; index < 200; index += 1) {
      const id = `usr_${String(index).padStart(30, '0')}`;
      const at = new Date(Date.UTC(2026, index % 11, 1 + (index % 28), 9)).toISOString();
      const role = index % 9 === 0 ? 'guest' : index % 40 === 7 ? 'administrator' : 'user';
      const status = index % 13 === 0 ? 'deactivated' : 'active';
      const email = `${names[index % names.length]}.${String(index).padStart(3, '0')}@example.org`;
      insert.run(id, email, role, status, index % 5 === 0 ? 1 : 0, at, at);
      if (index % 5 !== 0) signedIn.run(at, id, id);
    }
  })();
  database.close();
}

test('two hundred people: found, filtered, shown in steps, by keyboard and in narrow windows', async ({
  foyer,
  page,
}) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  fill(foyer.dataDir);
  await page.goto(new URL('/admin', foyer.url).href);
  await expect(page.getByText('50 of 201 people')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('people-200') });
  await page.getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(page.getByText('100 of 201 people')).toBeVisible();

  await page.getByLabel('Search by address').fill('EVE.');
  await expect(page.getByText('20 people')).toBeVisible();
  await page.getByLabel('State').selectOption('New password due');
  await page.getByLabel('Role').selectOption('Guest');
  await expect(page.getByText('Nobody matches')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('people-nobody') });
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await expect(page.getByText('50 of 201 people')).toBeVisible();

  await page.getByLabel('Search by address').fill('fay.');
  await expect(page.getByText('20 people')).toBeVisible();
  const opener = page.getByRole('button', { name: 'Actions for fay.' }).first();
  await opener.focus();
  await opener.press('Enter');
  await page.getByRole('menuitem', { name: 'Change role' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Guest').check();
  await expect(dialog.getByText('set aside, encrypted')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('people-role') });
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.getByLabel('Search by address').fill('');
  await expect(page.getByText('50 of 201 people')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('people-200-dark') });
  await page.setViewportSize({ width: 400, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: artifact('people-200-dark-400') });
});
