/** The desktop app locks with the system, from its menu, and opens again by PIN through a real keychain. */
import { expect, type Page } from '@playwright/test';
import { dataFiles, test } from './app.ts';
import { ADA, ask, chat, screenshot, signIn, stop, WITH_ADA } from './person.ts';

const PIN = '829417';

const isLocked = async (page: Page) => {
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(chat(page)).toHaveCount(0);
  await expect(page).toHaveTitle('Locked · Foyer');
};

async function unlock(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(chat(page).getByRole('textbox')).toBeVisible();
}

const draftIn = (page: Page) =>
  chat(page)
    .getByRole('textbox')
    .evaluate((box) => ('value' in box ? box.value : box.textContent));

test('locks when the system does, keeps what was half written, and opens by PIN', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  await page.goto(new URL('/account', page.url()).href);
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await page.getByLabel('Current password').fill(ADA.password);
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByLabel('Show me on this machine').first().check();
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await expect(page.getByText('Your PIN was set.')).toBeVisible();
  await page.goto(new URL('/', page.url()).href);
  await ask(page, 'What can Foyer do?');
  await expect(stop(page)).toBeHidden({ timeout: 20_000 });

  const pairs = [
    ['lock-screen', 'unlock-screen'],
    ['suspend', 'resume'],
  ] as const;
  for (const [event, back] of pairs) {
    await chat(page).getByRole('textbox').fill(`half a thought before ${event}`);
    const anew = page.waitForEvent('load');
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
    await isLocked(page);
    await anew;
    // Nobody unlocks Foyer before the system: what is still to be locked is locked by now.
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), back);
    await screenshot(page, `locked-by-${event}`);
    await unlock(page);
    await expect(chat(page).getByRole('article')).toHaveCount(2);
    await expect.poll(() => draftIn(page)).toBe(`half a thought before ${event}`);
  }

  const locked = await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    items.find(({ label }) => label === 'Lock')?.click();
    return items.find(({ label }) => label === 'Lock')?.accelerator;
  });
  expect(locked).toBe('CommandOrControl+Shift+L');
  await isLocked(page);
  await quit();

  const names = dataFiles(desktop.home).map(({ name }) => name);
  expect(names, 'the keychain holds the secret of the PIN').not.toContain('keychain.json');

  const second = await desktop.launch();
  await expect(second.page.getByRole('button', { name: /^ada/ })).toBeVisible();
  await screenshot(second.page, 'tiles-after-restart');
  await second.page.getByRole('button', { name: /^ada/ }).click();
  await unlock(second.page);
  await second.quit();
});

test('does not lock with the system where an administrator does not want it', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: { ...WITH_ADA, FOYER_LOCK_WITH_SYSTEM: 'off' } });
  await signIn(page);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await page.waitForTimeout(3_500);
  await expect(chat(page).getByRole('textbox')).toBeVisible();
  await page.reload();
  await expect(chat(page).getByRole('textbox')).toBeVisible();
  await quit();
});
