/** The page "Account", signing in in two steps, and what a sealed account asks for; with pictures to look at. */
import type { Browser, Page, Route } from '@playwright/test';
import { signIn } from '../support/client.ts';
import { type Headless, startHeadless } from '../support/headless.ts';
import { authenticator } from '../support/security.ts';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

/** These go through several sign-ins each, and some through a restart. */
test.setTimeout(150_000);

const BOB = { email: 'bob@example.org', password: 'another battery staple' };

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Account and security' }).click();
  await expect(page.getByRole('heading', { name: 'Account', exact: true })).toBeFocused();
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Goes through the steps of sealing in whatever part of the page holds them; returns the code. */
async function sealIn(part: ReturnType<typeof section>, password: string): Promise<string> {
  await part.getByLabel('Current password').fill(password);
  await part.getByRole('button', { name: 'Show the code' }).click();
  await expect(part.getByRole('button', { name: 'Print' })).toBeVisible();
  const shown = part.getByRole('listitem').first();
  const code = (await shown.locator('span').allTextContents()).join('-');
  const asked = await part.getByText(/^Type part \d of the code$/).textContent();
  const group = code.split('-')[Number(/\d/.exec(asked ?? '')?.[0]) - 1] ?? '';
  await part.getByRole('textbox', { name: /Type part/ }).fill(group.toLowerCase());
  return code;
}

async function addBob(page: Page, url: string): Promise<string> {
  const created = await page.request.post(new URL('/api/admin/users', url).href, { data: BOB });
  expect(created.status()).toBe(201);
  // Chooses a password of his own, which is the same.
  await signIn(url, BOB);
  return ((await created.json()) as { id: string }).id;
}

/** No rule of axe is broken. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}

/** As if no server were there. */
const nobody = (route: Route): Promise<void> => route.abort('connectionrefused');

async function guest(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

test('a second factor: set up, asked for at sign-in, and turned off again', async ({ foyer, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await openAccount(page);
  const factor = section(page, 'Second factor');
  await page.screenshot({ path: artifact('account'), fullPage: true });
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByLabel('Current password').fill('wrong');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await expect(factor.getByRole('alert')).toContainText('password');
  await factor.getByLabel('Current password').fill(ADMINISTRATOR.password);
  await factor.getByRole('button', { name: 'Set up' }).click();
  await expect(factor.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = await factor.getByLabel(/type this secret/).inputValue();
  expect(secret).toMatch(/^[A-Z2-7]{4}( [A-Z2-7]{4})+$/);
  const app = authenticator(secret.replaceAll(' ', ''));
  await factor.screenshot({ path: artifact('account-factor-scan') });
  await expectAccessible(page);
  await factor.getByLabel('Code of the app').fill(app(Date.now() - 30_000));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await expect(factor.getByRole('listitem')).toHaveCount(10);
  const codes = await factor.getByRole('listitem').allTextContents();
  await factor.screenshot({ path: artifact('account-factor-codes') });
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: artifact('account-factor-codes-print') });
  await expect(factor.getByRole('button', { name: 'Print' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const saved = page.waitForEvent('download');
  await factor.getByRole('button', { name: 'Save as a file' }).click();
  expect((await saved).suggestedFilename()).toBe('foyer-codes.txt');
  await factor.getByRole('button', { name: 'Done' }).click();
  await expect(factor.getByText('10 codes on paper are left.')).toBeVisible();

  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await expect(page.getByLabel(/Code of the app/)).toBeFocused();
  await page.getByLabel(/Code of the app/).fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('is wrong');
  await page.screenshot({ path: artifact('login-second-step') });
  await expectAccessible(page);
  await page.getByLabel(/Code of the app/).fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeVisible();

  await openAccount(page);
  await expect(factor.getByText('9 codes on paper are left.')).toBeVisible();
  await factor.getByRole('button', { name: 'Turn off' }).click();
  await factor.getByLabel('Current password').fill(ADMINISTRATOR.password);
  await factor.getByLabel(/Code of the app/).fill(app());
  await factor.getByRole('button', { name: 'Turn off' }).click();
  await expect(factor.getByText('The second factor is off.')).toBeVisible();
});

test('sealing: a code that is shown once, and after a restart the password opens everything where it was', async ({
  foyer,
  browser,
}) => {
  // A page of its own: that Foyer is gone for a moment is an error in the console, and no mistake here.
  const page = await guest(browser);
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await send(page, 'A question to keep');
  await expect(page.getByRole('article')).toHaveCount(2);
  await openAccount(page);
  const sealing = section(page, 'Sealed conversations');
  await sealing.getByRole('button', { name: 'Seal my conversations' }).click();
  await sealing.screenshot({ path: artifact('account-seal-before') });
  await sealIn(sealing, ADMINISTRATOR.password);
  await sealing.screenshot({ path: artifact('account-seal-code') });
  await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: artifact('account-seal-code-print') });
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await sealing.screenshot({ path: artifact('account-seal-code-dark') });
  await expectAccessible(page);
  await page.setViewportSize({ width: 400, height: 800 });
  await sealing.screenshot({ path: artifact('account-seal-code-400') });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await sealing.getByRole('button', { name: 'Seal now' }).click();
  await expect(sealing.getByText('Your conversations are sealed.', { exact: false })).toBeVisible();
  await expect(section(page, 'Recovery code')).toBeVisible();
  await page.screenshot({ path: artifact('account-sealed'), fullPage: true });

  await page.getByRole('link', { name: 'Chat' }).click();
  await composer(page).fill('Typed and not sent');
  await expect
    .poll(async () => (await page.request.get(new URL('/api/drafts', foyer.url).href)).text())
    .toContain('Typed and not sent');
  const restart = async (running: Headless): Promise<Headless> => {
    // What the page asks by itself meanwhile finds nobody: it is the person who meets the Foyer that is back.
    await page.route('**/api/**', nobody);
    await running.kill();
    const { port } = new URL(foyer.url);
    const started = await startHeadless({ dataDir: foyer.dataDir, args: ['--port', port] });
    await page.unroute('**/api/**', nobody);
    return started;
  };
  const again = await restart(foyer);
  try {
    // By key: a pointer that goes down asks already, and would go up over the page that this leads to.
    await page.getByRole('link', { name: 'Manage' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Open your conversations' })).toBeVisible();
    await expect(page).toHaveURL(new URL('/admin', foyer.url).href);
    await page.screenshot({ path: artifact('open-history') });
    await expectAccessible(page);
    await page.getByLabel('Current password').fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('password');
    await page.getByLabel('Current password').fill(ADMINISTRATOR.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Open your conversations' })).toBeHidden();
    await expect(page).toHaveURL(new URL('/admin', foyer.url).href);
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(composer(page)).toHaveText('Typed and not sent');
    await expect(page.getByText('A question to keep').first()).toBeVisible();

    // Nor is a message lost that is sent meanwhile; and so it is for a page that is loaded anew.
    let third = await restart(again);
    try {
      await composer(page).press('Enter');
      await expect(page.getByRole('heading', { name: 'Open your conversations' })).toBeVisible();
      await page.getByLabel('Current password').fill(ADMINISTRATOR.password);
      await page.keyboard.press('Enter');
      await expect(page.getByText('Typed and not sent').first()).toBeVisible();
      await page.screenshot({ path: artifact('open-history-after') });
      third = await restart(third);
      await page.goto(new URL('/account', foyer.url).href);
      await expect(page.getByRole('heading', { name: 'Open your conversations' })).toBeVisible();
      await page.getByLabel('Current password').fill(ADMINISTRATOR.password);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible();
    } finally {
      await third.kill();
    }
  } finally {
    await again.kill();
  }
});

test('an administrator sets a new password for a sealed account: said before, and the code opens it after', async ({
  foyer,
  page,
  browser,
}) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await addBob(page, foyer.url);
  const bob = await guest(browser);
  await signInAs(bob, foyer.url, BOB);
  await send(bob, 'A sealed question of Bob');
  await expect(bob.getByRole('article')).toHaveCount(2);
  await openAccount(bob);
  const sealing = section(bob, 'Sealed conversations');
  await sealing.getByRole('button', { name: 'Seal my conversations' }).click();
  const code = await sealIn(sealing, BOB.password);
  await sealing.getByRole('button', { name: 'Seal now' }).click();
  await expect(sealing.getByText('Only you can open them.', { exact: false })).toBeVisible();

  await page.goto(new URL('/admin', foyer.url).href);
  const row = page.getByRole('row', { name: /bob@example\.org/ });
  await expect(row.getByText('Sealed')).toBeVisible();
  await row.getByRole('button', { name: 'Actions for bob@example.org' }).click();
  await page.getByRole('menuitem', { name: 'Set new password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await expect(dialog.getByText('Tick the box to go on.')).toBeVisible();
  await page.screenshot({ path: artifact('reset-sealed') });
  await expectAccessible(page);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await expect(dialog.getByText('New password set')).toBeVisible();
  const password = await dialog.getByLabel('Password', { exact: true }).inputValue();

  await bob.goto(new URL('/login', foyer.url).href);
  await bob.getByLabel('E-mail address').fill(BOB.email);
  await bob.getByLabel('Password', { exact: true }).fill(password);
  await bob.getByRole('button', { name: 'Sign in' }).click();
  await expect(bob.getByRole('heading', { name: 'Your recovery code is needed' })).toBeVisible();
  await bob.screenshot({ path: artifact('recovery-code-needed') });
  await expectAccessible(bob);
  await bob.getByRole('button', { name: 'I do not have the code' }).click();
  await bob.getByLabel('Current password').fill(password);
  await bob.getByRole('button', { name: 'Start over' }).click();
  await expect(bob.getByText('Tick the box if this is what you want.')).toBeVisible();
  await bob.screenshot({ path: artifact('start-over') });
  await bob.getByRole('checkbox').check();
  await bob.getByRole('button', { name: 'Start over' }).click();
  await expect(bob.getByRole('heading', { name: 'Your new recovery code' })).toBeVisible();
  await bob.screenshot({ path: artifact('start-over-code') });
  await bob.getByRole('button', { name: 'Go on to Foyer' }).click();
  // The password is still the administrator's: it is changed before anything else.
  const own = 'chosen by Bob himself';
  await bob.getByLabel('Password you were given').fill(password);
  await bob.getByLabel('New password').fill(own);
  await bob.getByRole('button', { name: 'Save and go on' }).click();
  await expect(composer(bob)).toBeVisible();
  await expect(bob.getByText('A sealed question of Bob')).toBeHidden();

  // The paper turns up.
  await openAccount(bob);
  const kept = section(bob, 'Older conversations');
  await kept.getByRole('button', { name: 'Bring back' }).click();
  await kept.getByLabel('Current password').fill(own);
  await kept.getByLabel('Recovery code of then').fill(`${code.slice(0, -1)}0`);
  await kept.getByRole('button', { name: 'Bring back' }).click();
  await expect(kept.getByRole('alert')).toContainText('typing error');
  await kept.getByLabel('Recovery code of then').fill(code.toLowerCase());
  await kept.screenshot({ path: artifact('account-kept') });
  await kept.getByRole('button', { name: 'Bring back' }).click();
  await expect(kept.getByText('The older conversations are back.')).toBeVisible();
  await kept.getByRole('button', { name: 'Go to the conversations' }).click();
  await expect(bob.getByText('A sealed question of Bob').first()).toBeVisible();
  await bob.context().close();
});

test('where accounts have to be sealed, people are led there; a forgotten password is replaced with the code', async ({
  foyer,
  page,
  browser,
}) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  const id = await addBob(page, foyer.url);
  await page.goto(new URL('/admin/policies', foyer.url).href);
  await page.getByLabel('Find a person').fill('bob');
  await page.getByRole('button', { name: 'Edit the limits of bob@example.org' }).click();
  await page.getByRole('group', { name: 'Sealed accounts' }).getByRole('radio', { name: 'Required' }).check();
  await page.screenshot({ path: artifact('policy-sealing') });
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('sealing required')).toBeVisible();
  expect(id).toMatch(/^usr_/);

  const bob = await guest(browser);
  await bob.goto(new URL('/login', foyer.url).href);
  await bob.getByLabel('E-mail address').fill(BOB.email);
  await bob.getByLabel('Password', { exact: true }).fill(BOB.password);
  await bob.getByRole('button', { name: 'Sign in' }).click();
  await expect(bob.getByRole('heading', { name: 'Seal your conversations' })).toBeVisible();
  await bob.screenshot({ path: artifact('seal-required'), fullPage: true });
  await expectAccessible(bob);
  const code = await sealIn(bob.getByRole('main'), BOB.password);
  await bob.screenshot({ path: artifact('seal-required-code'), fullPage: true });
  await bob.getByRole('button', { name: 'Seal now' }).click();
  await expect(composer(bob)).toBeVisible();
  await bob.getByRole('button', { name: /^Account:/ }).click();
  await bob.getByRole('menuitem', { name: 'Sign out' }).click();

  await bob.getByRole('button', { name: 'Français' }).click();
  await bob.getByRole('button', { name: 'J’ai un code de secours' }).click();
  await bob.getByLabel('Adresse e-mail').fill(BOB.email);
  await bob.getByLabel('Code de secours').fill(code.replaceAll('-', ' '));
  await bob.getByLabel('Nouveau mot de passe').fill('remembered from now on');
  await bob.screenshot({ path: artifact('recover-fr') });
  await expectAccessible(bob);
  await bob.getByRole('button', { name: 'Définir le mot de passe' }).click();
  await expect(bob.getByRole('heading', { name: 'Votre nouveau code de secours' })).toBeFocused();
  await bob.screenshot({ path: artifact('recover-fr-code') });
  await bob.getByRole('button', { name: 'Se connecter' }).click();
  await bob.getByRole('button', { name: 'English' }).click();
  await signInAs(bob, foyer.url, { ...BOB, password: 'remembered from now on' });
  await bob.context().close();
});
