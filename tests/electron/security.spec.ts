/** What a page can and cannot do, whatever it contains. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { answer, ask, signIn, stop, WITH_ADA } from './person.ts';
import { answerQuestions } from './questions.ts';

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

test('the page stays, and only web and mail addresses leave it, after a question', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch();
  await expect(page).toHaveURL(/\/setup$/);
  const questions = await answerQuestions(app);
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address: string) => void opened.push(address);
  });
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  for (const address of [
    'https://example.org/a',
    'file:///etc/passwd',
    'smb://x/y',
    'javascript:alert(1)',
    'foyer://thread/thr_1',
    'mailto:a@b.c',
    'https://u:p@example.org/',
    'about:blank',
    '/admin',
  ]) {
    await page.evaluate((target) => void window.open(target), address);
    await page.waitForTimeout(50);
  }
  await expect.poll(opened).toEqual(['https://example.org/a', 'mailto:a@b.c']);
  expect(await questions.asked()).toEqual([
    expect.objectContaining({
      detail: expect.stringContaining('https://example.org/a'),
      defaultId: 1,
      cancelId: 1,
    }),
  ]);

  await questions.answerWith(1);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<a id="out" href="https://example.org/b">out</a>');
  });
  await page.click('#out', { button: 'middle' });
  await page.click('#out', { modifiers: ['Control'] });
  await page.click('#out', { modifiers: ['Shift'] });
  await expect.poll(async () => (await questions.asked()).length).toBe(4);
  expect(await opened(), 'nobody agreed').toHaveLength(2);
  expect(app.windows()).toHaveLength(1);

  const before = page.url();
  for (const address of [
    'https://example.org/',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    'data:text/html,x',
  ]) {
    await page.evaluate((target) => {
      window.location.href = target;
    }, address);
    await page.waitForTimeout(150);
    expect(page.url()).toBe(before);
  }
  // A file that somebody drops onto the window must not take the page's place.
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: ['/etc/passwd'], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  await page.waitForTimeout(150);
  expect(page.url()).toBe(before);
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

  const others = await app.evaluate(({ session }) =>
    ['other', 'persist:other'].map((partition) => {
      const made = session.fromPartition(partition);
      return [made.listenerCount('will-download'), made.isSpellCheckerEnabled()];
    }),
  );
  expect(others, 'sessions that are made later are locked too').toEqual([
    [1, false],
    [1, false],
  ]);
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
