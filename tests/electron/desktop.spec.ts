/** The desktop app in a real window, with a real keychain. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type DesktopApp, launch, makeHome, processesOf } from './app.ts';

const PERSON = { email: 'ada@example.org', password: 'correct horse battery' };
const shot = (name: string) => `tests/artifacts/electron/${name}.png`;
const chat = (page: Page) => page.locator('openai-chatkit');

let home: string;
test.beforeEach(() => {
  home = makeHome();
});
test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) {
    for (const pid of processesOf(home)) process.kill(Number(pid), 'SIGKILL');
  }
  await expect.poll(() => processesOf(home), { message: 'processes left after quitting' }).toEqual([]);
  fs.rmSync(home, { recursive: true, force: true });
});

async function createAdministrator({ page }: DesktopApp) {
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('E-mail address').fill(PERSON.email);
  await page.getByLabel('Password', { exact: true }).fill(PERSON.password);
  await page.screenshot({ path: shot('setup') });
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(chat(page).getByRole('textbox')).toBeVisible();
}

test('install, ask, watch it stream, quit, come back, sign in, find it', async () => {
  const first = await launch(home);
  await createAdministrator(first);
  await first.page.screenshot({ path: shot('start') });
  await chat(first.page).getByRole('textbox').fill('What can Foyer do? quokka-canary');
  await chat(first.page).getByRole('textbox').press('Enter');
  const answer = chat(first.page).getByRole('article').last();
  await expect(answer).toContainText(/guide/i);
  const early = ((await answer.textContent()) ?? '').length;
  await expect(chat(first.page).getByRole('button', { name: 'Stop responding' })).toBeHidden({
    timeout: 20_000,
  });
  expect(((await answer.textContent()) ?? '').length).toBeGreaterThan(early);
  await first.page.screenshot({ path: shot('answer') });
  await first.quit();

  const data = path.join(home, 'Foyer', 'data');
  const files = fs
    .readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  expect(files.map((entry) => entry.name)).toContain('history.db');
  expect(
    files.map((entry) => entry.name),
    'the keychain holds the secrets',
  ).not.toContain('keychain.json');
  for (const entry of files) {
    expect(fs.readFileSync(path.join(entry.parentPath, entry.name)).includes('quokka-canary')).toBe(false);
  }

  const second = await launch(home);
  await expect(second.page).toHaveURL(/\/login$/);
  await second.page.screenshot({ path: shot('login') });
  await second.page.getByLabel('E-mail address').fill(PERSON.email);
  await second.page.getByLabel('Password', { exact: true }).fill(PERSON.password);
  await second.page.getByRole('button', { name: 'Sign in' }).click();
  await chat(second.page).getByRole('button', { name: 'History' }).click();
  await chat(second.page)
    .getByRole('button', { name: /^What can Foyer do\?/ })
    .click();
  await expect(chat(second.page).getByRole('article').last()).toContainText(/guide/i);
  await second.page.screenshot({ path: shot('found-again') });
  await second.quit();
});

test('the window is locked down', async () => {
  const desktop = await launch(home);
  const { app, page } = desktop;
  await expect(page).toHaveURL(/\/setup$/);

  const preferences = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getLastWebPreferences()),
  );
  for (const each of preferences) {
    expect(each).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
    expect(each).toMatchObject({ webviewTag: false, allowRunningInsecureContent: false });
  }

  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)),
  ).toEqual([]);
  expect(await page.evaluate(() => Object.keys(window.foyer ?? {}))).toEqual(['setupToken']);
  expect(await page.evaluate(() => Object.isFrozen(window.foyer))).toBe(true);

  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address: string) => void opened.push(address);
  });
  await page.evaluate(() => {
    for (const address of [
      'https://example.org/a',
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:alert(1)',
      'mailto:a@b.c',
      'https://u:p@example.org/',
    ]) {
      window.open(address);
    }
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://example.org/a', 'mailto:a@b.c']);
  expect(app.windows()).toHaveLength(1);

  const before = page.url();
  for (const address of [
    'https://example.org/',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    'data:text/html,x',
  ]) {
    await page
      .evaluate((target) => {
        window.location.href = target;
      }, address)
      .catch(() => undefined);
    await page.waitForTimeout(100);
    expect(page.url()).toBe(before);
  }

  const permissions = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'midi'];
    const states = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return states.map((state) => state.state);
  });
  expect(permissions).not.toContain('granted');
  await expect(page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow();

  expect(await page.evaluate(() => window.foyer?.setupToken())).toMatch(/^[\w-]{20,}$/);
  await desktop.quit();
});

test('a second start shows the window of the first', async () => {
  const first = await launch(home);
  await expect(first.page).toHaveURL(/\/setup$/);
  await expect(launch(home)).rejects.toThrow();
  expect(first.app.windows()).toHaveLength(1);
  await first.quit();
});

test('a page that crashes is loaded again, with nothing lost', async () => {
  const desktop = await launch(home);
  await createAdministrator(desktop);
  await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = { again: false };
    Object.assign(globalThis, { loaded });
    contents?.once('did-finish-load', () => {
      loaded.again = true;
    });
    contents?.forcefullyCrashRenderer();
  });
  await expect
    .poll(() =>
      desktop.app.evaluate(() => (globalThis as unknown as { loaded: { again: boolean } }).loaded.again),
    )
    .toBe(true);
  const signedIn = desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "fetch('/api/users/me').then((me) => me.status)",
    ),
  );
  expect(await signedIn).toBe(200);
  await desktop.quit();
});
