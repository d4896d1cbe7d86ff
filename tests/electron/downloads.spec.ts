/** Saving files: what the person's own Foyer has, where they say, and nothing else. */
import fs from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { unzip } from '../support/zip.ts';
import { test } from './app.ts';
import { screenshot, signIn, WITH_ADA } from './person.ts';

/** Stands in for the system's own dialog, which nobody answers here, and notes what it would have shown. */
async function answerSaveDialog(app: ElectronApplication, folder: string): Promise<() => Promise<string[]>> {
  await app.evaluate(({ session }, to) => {
    const saved: string[] = [];
    Object.assign(globalThis, { saved });
    // After the shell has decided.
    session.defaultSession.on('will-download', (event, item) => {
      if (event.defaultPrevented) {
        saved.push('refused');
        return;
      }
      const { defaultPath } = item.getSaveDialogOptions();
      saved.push(defaultPath?.split('/').at(-1) ?? '');
      item.setSavePath(`${to}/${saved.length}.saved`);
    });
  }, folder);
  return () => app.evaluate(() => (globalThis as unknown as { saved: string[] }).saved);
}

const click = (page: Page, href: string, name: string) =>
  page.evaluate(
    ([address, as]) => {
      const link = document.createElement('a');
      link.href = address ?? '';
      link.download = as ?? '';
      document.body.append(link);
      link.click();
      link.remove();
    },
    [href, name],
  );

test('own files are saved under a harmless name, and the window says so', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  const folder = path.join(desktop.home, 'saved');
  fs.mkdirSync(folder);
  const asked = await answerSaveDialog(app, folder);
  const opened = await app.evaluate(({ shell }) => {
    const paths: string[] = [];
    Object.assign(globalThis, { paths });
    shell.openPath = async (file: string) => {
      paths.push(file);
      return '';
    };
    return paths.length;
  });
  expect(opened).toBe(0);

  const attachment = await page.evaluate(async () => {
    const form = new FormData();
    form.set('file', new Blob(['the contents'], { type: 'text/plain' }), '..\u202Ecod.txt');
    const answer = await fetch('/api/attachments', { method: 'POST', body: form });
    return ((await answer.json()) as { id: string }).id;
  });
  await click(page, `/api/attachments/${attachment}`, '');
  await expect.poll(asked).toHaveLength(1);
  const region = page.getByRole('region', { name: 'Files being saved' });
  await expect(region.getByText('1.saved is saved')).toBeVisible();
  expect(fs.readFileSync(path.join(folder, '1.saved'), 'utf8')).toBe('the contents');

  await click(page, '/api/admin/usage.csv?from=2026-01-01&to=2026-01-31&by=day', '');
  await expect(region.getByText('2.saved is saved')).toBeVisible();
  await screenshot(page, 'downloads');

  const made = await page.evaluate(() => URL.createObjectURL(new Blob(['made here'])));
  await click(page, made, '.hidden\u202Efdp.exe');
  await expect(region.getByText('3.saved is saved')).toBeVisible();
  const names = await asked();
  expect(names[1]).toBe('foyer-usage-2026-01-01-2026-01-31.csv');
  for (const name of names) expect(name).not.toMatch(/^\.|[/\\\u202e]/);

  expect(await app.evaluate(() => (globalThis as unknown as { paths: string[] }).paths), 'opened').toEqual(
    [],
  );
  await region.getByRole('button', { name: 'Hide the message about 1.saved' }).click();
  await expect(region.getByText('1.saved is saved')).toBeHidden();

  await page.goto(new URL('/account', page.url()).href);
  await page.getByRole('link', { name: 'Save all conversations' }).click();
  await expect(region.getByText('4.saved is saved')).toBeVisible();
  expect([...unzip(fs.readFileSync(path.join(folder, '4.saved'))).keys()]).toContain('README.txt');
  expect((await asked())[3]).toMatch(/^Foyer \d{4}-\d\d-\d\d\.zip$/);
  await quit();
});

test('nothing else is saved', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  const asked = await answerSaveDialog(app, desktop.home);
  await click(page, 'data:text/html,x', 'x.html');
  await expect.poll(asked).toEqual(['refused']);
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-downloads');
    frame.src = '/chatkit-diagram.html';
    document.body.append(frame);
  });
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('http://127.0.0.1:1/x.exe');
  });
  await page.waitForTimeout(300);
  expect((await asked()).filter((name) => name !== 'refused')).toEqual([]);
  expect(await page.getByRole('region', { name: 'Files being saved' }).count()).toBe(0);
  await quit();
});

test('a file that takes long shows how far it is, and can be stopped', async ({ desktop }) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  await answerSaveDialog(app, desktop.home);
  // The shell's own words, as for a file of which half is there: real ones are there at once.
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('foyer:download', {
      id: 7,
      name: 'a long name of a file that somebody has made for a long report.pdf',
      state: 'running',
      receivedBytes: 5,
      totalBytes: 10,
    });
    BrowserWindow.getAllWindows()[0]?.webContents.send('foyer:download', {
      id: 8,
      name: 'full.zip',
      state: 'failed',
      receivedBytes: 5,
      totalBytes: 10,
    });
  });
  const region = page.getByRole('region', { name: 'Files being saved' });
  await expect(region.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /50/);
  await expect(region.getByRole('alert')).toContainText('could not be saved');
  await screenshot(page, 'downloads-running');
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(400, 700));
  await screenshot(page, 'downloads-narrow-dark');
  await region.getByRole('button', { name: /^Stop saving/ }).click();
  await quit();
});
