/** Files that go along with a message: picked, dropped, pasted, uploaded, taken out, sent. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { name: 'lobby.png', mimeType: 'image/png', buffer: PNG };
const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Doors open at nine.') };
const attachments = { enabled: true, maxCount: 3, maxSize: 1000 };

async function pick(page: Page, ...files: (typeof notes)[]) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles(files);
}

/** Lets go of a file over the element, or pastes it into the box. */
async function hand(page: Page, how: 'dragenter' | 'drop' | 'paste') {
  await composer(page).evaluate((box, how) => {
    const data = new DataTransfer();
    data.items.add(new File(['by hand'], `${how}.txt`, { type: 'text/plain' }));
    const init = { bubbles: true, composed: true, cancelable: true };
    box.dispatchEvent(
      how === 'paste'
        ? new ClipboardEvent(how, { ...init, clipboardData: data })
        : new DragEvent(how, { ...init, dataTransfer: data }),
    );
  }, how);
}

test('uploads in two phases, sends the ids, shows the picture larger', async ({ page, server }) => {
  await mount(page, server.url, { composer: { attachments } });
  await pick(page, picture, notes);
  const files = page.getByRole('list', { name: 'Attachments' });
  await expect(files.getByRole('button', { name: 'Remove lobby.png' })).toBeVisible();
  await expect(files.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  await expect(composer(page)).toBeFocused();
  expect(server.uploads.map(({ method, body }) => [method, body.toString('latin1')]).toSorted()).toEqual(
    [
      ['PUT', PNG.toString('latin1')],
      ['PUT', 'Doors open at nine.'],
    ].toSorted(),
  );
  expect(server.uploads[0]?.headers['x-ticket']).toBe('let-me-in');
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/element/attachments-draft.png' });
  await say(page, 'What is this?');
  await answered(page);
  const sent = server.seen.find(({ body }) => body.type === 'threads.create');
  expect(sent?.body.params).toMatchObject({ input: { attachments: ['atc_lobby.png', 'atc_notes.txt'] } });
  await page.screenshot({ path: 'tests/artifacts/element/attachments-sent.png' });
  const image = page.getByRole('button', { name: 'Show lobby.png larger' });
  await image.click();
  await expect(page.getByRole('dialog', { name: 'lobby.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(image).toBeFocused();
});

test('posts a form where the host says so, and removes a file from the server', async ({ page, server }) => {
  await page.evaluate(
    ([url, attachments]) =>
      window.harness.mount(
        {
          api: {
            url,
            domainKey: 'local',
            uploadStrategy: { type: 'direct', uploadUrl: `${url}/upload/form` },
          },
          locale: 'en',
          composer: { attachments },
        },
        {},
      ),
    [server.url, attachments] as const,
  );
  await pick(page, notes);
  await page.getByRole('button', { name: 'Remove notes.txt' }).click();
  await expect(page.getByRole('list', { name: 'Attachments' })).toHaveCount(0);
  expect(server.uploads[0]?.body.toString()).toContain('name="file"; filename="notes.txt"');
  await expect
    .poll(() => server.seen.find(({ body }) => body.type === 'attachments.delete')?.body.params)
    .toEqual({ attachment_id: 'atc_form' });
});

test('turns files away with a reason, keeps a failed one, waits before sending', async ({ page, server }) => {
  await mount(page, server.url, { composer: { attachments } });
  await pick(page, { ...notes, name: 'huge.txt', buffer: Buffer.alloc(1001, 'x') });
  await expect(page.getByText('“huge.txt” was not attached: it is larger than')).toBeVisible();
  server.refuse('attachments.create', 413, { error: { code: 'too_large', message: 'The disk is full.' } });
  await composer(page).fill('Look');
  await pick(page, notes);
  await expect(page.getByText('The disk is full.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await page.screenshot({ path: 'tests/artifacts/element/attachments-failed.png' });
  server.allow('attachments.create');
  await page.getByRole('button', { name: 'Upload notes.txt again' }).click();
  await expect(page.getByRole('button', { name: 'Send message' })).toBeEnabled();
  await expect(page.getByText('The disk is full.')).toHaveCount(0);
});

test('keeps the files of a message that could not be sent', async ({ page, server }) => {
  await mount(page, server.url, { composer: { attachments } });
  await pick(page, notes);
  await page.getByRole('button', { name: 'Remove notes.txt' }).waitFor();
  server.refuse('threads.create', 503);
  await say(page, 'Read this');
  await expect(page.getByText('It is back in the message box.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  await expect(composer(page)).toHaveValue('Read this');
});

test('takes files by drop and paste', async ({ page, server }) => {
  await mount(page, server.url, { composer: { attachments } });
  await hand(page, 'dragenter');
  await expect(page.getByText('Drop files to attach them')).toBeVisible();
  await page.screenshot({ path: 'tests/artifacts/element/attachments-drop.png' });
  await hand(page, 'drop');
  await expect(page.getByText('Drop files to attach them')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove drop.txt' })).toBeVisible();
  await hand(page, 'paste');
  await expect(page.getByRole('button', { name: 'Remove paste.txt' })).toBeVisible();
});

test('bytes and requests go through the fetch of the page, with its headers', async ({ page, server }) => {
  await page.evaluate((url) => {
    window.harness.mount({
      api: {
        url,
        domainKey: 'x',
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('x-from-page', 'yes');
          return fetch(input, { ...init, headers });
        },
      },
      locale: 'en',
      composer: { attachments: { enabled: true } },
    });
  }, server.url);
  await pick(page, notes);
  await expect(page.getByRole('button', { name: 'Remove notes.txt' })).toBeVisible();
  await say(page, 'read this');
  await answered(page);
  expect(server.uploads.map(({ headers }) => headers['x-from-page'])).toEqual(['yes']);
  expect(server.uploads[0]?.headers['x-ticket']).toBe('let-me-in');
  expect(server.seen.map(({ body, headers }) => [body.type, headers['x-from-page']])).toEqual([
    ['attachments.create', 'yes'],
    ['threads.create', 'yes'],
  ]);
});
