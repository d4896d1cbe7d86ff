import { signIn } from '../support/client.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

test('an administrator adds, promotes, resets and deletes people', async ({ foyer, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.goto(new URL('/admin', foyer.url).href);
  await expect(page.getByText(ADMINISTRATOR.email).first()).toBeVisible();
  await page.screenshot({ path: artifact('people-empty') });

  await page.getByRole('button', { name: 'Add person' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('bob@example.org');
  await page.screenshot({ path: artifact('add-person') });
  await dialog.getByRole('button', { name: 'Add person' }).click();
  await expect(dialog.getByText('Account created')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: /bob@example\.org/ });
  await expect(row).toBeVisible();

  const choose = async (action: string) => {
    await row.getByRole('button', { name: 'Actions for bob@example.org' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  const changeRole = async (role: string) => {
    await choose('Change role');
    await dialog.getByLabel(role).check();
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await expect(dialog).toBeHidden();
  };
  await changeRole('Administrator');
  await expect(row.getByText('Administrator')).toBeVisible();
  await changeRole('Member');
  await expect(row.getByText('Member')).toBeVisible();

  await choose('Set new password');
  await page.getByRole('dialog').getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('dialog').getByText('New password set')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.screenshot({ path: artifact('people') });

  await choose('Delete account');
  await expect(page.getByRole('dialog')).toContainText('Delete bob@example.org?');
  await page.screenshot({ path: artifact('delete-person') });
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(row).toBeVisible();
  await choose('Delete account');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(row).toBeHidden();
});

test('two people on one machine never see each other’s threads', async ({ foyer, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await send(page, 'A private question of Ada');
  await expect(page.getByRole('article')).toHaveCount(2);
  const created = await page.request.post(new URL('/api/admin/users', foyer.url).href, {
    data: { email: 'bea@example.org', password: 'a good password' },
  });
  expect(created.status()).toBe(201);
  await signIn(foyer.url, { email: 'bea@example.org', password: 'a good password' });
  await page.request.post(new URL('/api/auth/logout', foyer.url).href);

  await signInAs(page, foyer.url, { email: 'bea@example.org', password: 'a good password' });
  await expect(page.getByText('A private question of Ada')).toBeHidden();
  await page.locator('openai-chatkit').getByRole('button', { name: 'History' }).click();
  await expect(page.getByText('No conversations yet')).toBeVisible();
  await page.goto(new URL('/admin', foyer.url).href);
  await expect(page).toHaveURL(foyer.url);
  await expect(composer(page)).toBeVisible();
});

test('a model is connected in the settings, with a key that never comes back', async ({
  foyer,
  model,
  page,
}) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.goto(new URL('/admin/settings', foyer.url).href);
  await page.getByLabel('Server address').fill(model.url);
  await page.getByLabel('Model', { exact: true }).fill('fake-model');
  await page.getByLabel('Key for the model server').fill('sk-canary-4711');
  await page
    .locator('form', { has: page.getByLabel('Server address') })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(page.getByText('A model is connected.')).toBeVisible();
  await expect(page.getByText(/A key is stored in a file/)).toBeVisible();
  await page.screenshot({ path: artifact('settings'), fullPage: true });
  expect(await page.content()).not.toContain('sk-canary-4711');

  await page.goto(foyer.url);
  await send(page, 'Hello model [burst:4]');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect.poll(() => model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-canary-4711');
});

test('wrong passwords are refused kindly; signing out ends the session', async ({ foyer, page }) => {
  await page.goto(new URL('/login', foyer.url).href);
  await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('wrong');
  await expect(page.getByLabel('E-mail address')).toHaveValue(ADMINISTRATOR.email);
  await page.screenshot({ path: artifact('login-refused') });

  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.getByRole('button', { name: /Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto(foyer.url);
  await expect(page).toHaveURL(/\/login/);
});
