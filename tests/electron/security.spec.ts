/** What a page can and cannot do, whatever it contains. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { answer, ask, signIn, stop, WITH_ADA } from './person.ts';

test('the window is a browser tab, with one question that it may ask', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch();
  await expect(page).toHaveURL(/\/setup$/);

  // Electron's types leave out what it says about contents that exist.
  type Contents = Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences };
  const preferences = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => (contents as Contents).getLastWebPreferences()),
  );
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });

  const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', 'ipcRenderer'];
  expect(await page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
  expect(await page.evaluate(() => Object.getOwnPropertyNames(window.foyer ?? {}).sort())).toEqual([
    'cancelDownload',
    'onDownload',
    'onLock',
    'onProposal',
    'setupToken',
    'takeProposal',
  ]);
  expect(await page.evaluate(() => Object.isFrozen(window.foyer))).toBe(true);
  expect(
    await page.evaluate(() => {
      try {
        Object.assign(window, { foyer: { setupToken: async () => 'forged' } });
      } catch {
        // Refused by throwing: as good.
      }
      return window.foyer?.setupToken();
    }),
  ).toMatch(/^[\w-]{20,}$/);

  expect(
    await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      return 'foyer' in (frame.contentWindow ?? {});
    }),
    'frames inside the page get nothing',
  ).toBe(false);
  await quit();
});

test('the page stays, and only web and mail addresses leave it', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch();
  await expect(page).toHaveURL(/\/setup$/);
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address: string) => void opened.push(address);
  });
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  await page.evaluate(() => {
    for (const address of [
      'https://example.org/a',
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:alert(1)',
      'mailto:a@b.c',
      'https://u:p@example.org/',
      'about:blank',
      '/admin',
    ]) {
      window.open(address);
    }
  });
  await expect.poll(opened).toEqual(['https://example.org/a', 'mailto:a@b.c']);
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
    await page.waitForTimeout(150);
    expect(page.url()).toBe(before);
  }
  expect(await page.evaluate(() => document.title), 'the page still works').toContain('Foyer');
  expect(await opened(), 'nor did going there open anything').toHaveLength(2);
  await quit();
});

test('no device, no file, nothing of the system', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch();
  await expect(page).toHaveURL(/\/setup$/);

  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'midi', 'clipboard-read'];
    const all = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(all)).map((status) => status.state);
  });
  expect(states).not.toContain('granted');
  await expect(page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow();
  await expect(page.evaluate(() => navigator.clipboard.readText())).rejects.toThrow();
  expect(await page.evaluate(() => Notification.requestPermission())).not.toBe('granted');

  await app.evaluate(({ session }) => {
    const downloads: boolean[] = [];
    Object.assign(globalThis, { downloads });
    session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented));
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.desktop';
    link.click();
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads))
    .toEqual([true]);
  await quit();
});

test('talks to this machine and to nobody else', async ({ desktop }) => {
  const log = path.join(desktop.home, 'net.json');
  const { page, quit } = await desktop.launch({ env: WITH_ADA, args: [`--log-net-log=${log}`] });
  await signIn(page);
  await ask(page, 'Whta can Foyer do?');
  await expect(answer(page)).toContainText(/guide/i);
  await expect(stop(page)).toBeHidden({ timeout: 20_000 });
  await quit();

  const text = fs.readFileSync(log, 'utf8');
  const hosts = new Set(
    [...text.matchAll(/"(?:url|host|origin)":"([^"]+)"/g)].map((match) => {
      const address = match[1] ?? '';
      return new URL(address.includes('://') ? address : `http://${address}`).hostname;
    }),
  );
  expect([...hosts]).toEqual(['127.0.0.1']);
});
