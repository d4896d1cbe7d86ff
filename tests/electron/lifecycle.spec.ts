/** Starting, being started twice, failing to start, crashing, and where the window was. */
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { type ElectronApplication, expect } from '@playwright/test';
import { type Desktop, dataFiles, test } from './app.ts';
import { answer, ask, signIn, WITH_ADA } from './person.ts';

test('a second start leads to the window of the first', async ({ desktop }) => {
  const first = await desktop.launch();
  await first.app.evaluate(({ app }) => {
    const starts = { again: 0 };
    Object.assign(globalThis, { starts });
    app.on('second-instance', () => {
      starts.again += 1;
    });
  });
  const [code] = await once(desktop.spawn(), 'exit');
  expect(code).toBe(0);
  await expect
    .poll(() =>
      first.app.evaluate(() => (globalThis as unknown as { starts: { again: number } }).starts.again),
    )
    .toBe(1);
  expect(first.app.windows()).toHaveLength(1);
  await first.quit();
});

test('a page that crashes is loaded again, with nothing lost, and leaves no memory of it', async ({
  desktop,
}) => {
  const { app, page, quit } = await desktop.launch({ env: WITH_ADA });
  await signIn(page);
  const written = `only here ${crypto.randomUUID()}`;
  await ask(page, written);
  await expect(answer(page)).toContainText('Foyer');
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = { again: false };
    Object.assign(globalThis, { loaded });
    contents?.once('did-finish-load', () => {
      loaded.again = true;
    });
    contents?.forcefullyCrashRenderer();
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { loaded: { again: boolean } }).loaded.again))
    .toBe(true);
  const status = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "fetch('/api/users/me').then((me) => me.status)",
    ),
  );
  expect(status, 'still signed in').toBe(200);
  const dumps = await app.evaluate((electron) => electron.app.getPath('crashDumps'));
  await quit();
  const left = filesUnder([desktop.home, dumps]);
  expect(left.filter((file) => file.endsWith('.dmp'))).toEqual([]);
  const forms = [Buffer.from(written, 'utf8'), Buffer.from(written, 'utf16le')];
  expect(left.filter((file) => forms.some((form) => fs.readFileSync(file).includes(form)))).toEqual([]);
});

function filesUnder(folders: readonly string[]): string[] {
  return folders
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test('the window comes back where it was, unless no screen is there', async ({ desktop }) => {
  const bounds = { x: 40, y: 30, width: 700, height: 600 };
  const visible = (app: ElectronApplication) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  const where = async (app: ElectronApplication) => {
    await expect.poll(() => visible(app)).toBe(true);
    return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  };
  const first = await desktop.launch();
  expect(await where(first.app)).not.toEqual(bounds);
  await first.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  await expect.poll(() => where(first.app)).toEqual(bounds);
  await first.quit();

  const second = await desktop.launch();
  expect(await where(second.app)).toEqual(bounds);
  await second.quit();

  const file = path.join(desktop.home, 'Foyer', 'window.json');
  const state = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ ...state, x: 9_000 }));
  const third = await desktop.launch();
  expect((await where(third.app))?.x).toBeLessThan(1_400);
  await third.quit();
});

test('traces its start and its end when asked to', async ({ desktop }) => {
  const child = desktop.spawn({ FOYER_TRACE: '1' });
  let printed = '';
  child.stderr?.on('data', (text) => {
    printed += String(text);
  });
  const phases = () => [...printed.matchAll(/^\{"phase":"(\w+)","ms":\d+\}$/gm)].map((match) => match[1]);
  await expect.poll(phases).toEqual(['ready', 'server', 'page']);
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(phases()).toEqual(['ready', 'server', 'page', 'quitting', 'closed']);
});

test.describe('says why it cannot start', () => {
  test('a port that is taken', async ({ desktop }) => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as net.AddressInfo;
    await expectFailure(desktop.spawn({ FOYER_PORT: String(port) }), /Another program uses the port.+kept/);
    other.close();
  });

  test('a setting that cannot be used', async ({ desktop }) => {
    await expectFailure(
      desktop.spawn({ FOYER_PORT: 'eighty' }),
      /A setting cannot be used\. Nothing was changed\.[\s\S]+FOYER_PORT/,
    );
  });

  test('accounts that are no database', async ({ desktop }) => {
    const data = path.join(desktop.home, 'Foyer', 'data');
    fs.mkdirSync(data, { recursive: true });
    fs.writeFileSync(path.join(data, 'foyer.db'), 'holiday pictures '.repeat(1_000));
    await expectFailure(desktop.spawn(), /accounts cannot be read.+Nothing was changed/);
    const accounts = dataFiles(desktop.home).find(({ name }) => name === 'foyer.db');
    expect(accounts?.contents.toString()).toBe('holiday pictures '.repeat(1_000));
  });
});

/** The same words stand in a dialog, which waits for somebody to close it; nobody does. */
async function expectFailure(child: ReturnType<Desktop['spawn']>, words: RegExp) {
  let printed = '';
  child.stderr?.on('data', (text) => {
    printed += String(text);
  });
  try {
    await expect.poll(() => printed, { timeout: 20_000 }).toMatch(words);
    expect(printed).toContain('Foyer could not start');
    expect(child.exitCode, 'the dialog stays').toBeNull();
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
