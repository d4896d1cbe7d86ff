/** Editing a message that was sent, and sending it again. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { answer, type FakeChatKit, item } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, errors, mount, type PlainOptions, say } from './helpers.ts';

const box = (page: Page) => page.getByRole('textbox', { name: 'Edited text' });
const pencils = (page: Page) => page.getByRole('button', { name: 'Edit message' });
const sendAgain = (page: Page) => page.getByRole('button', { name: 'Send again' });

/** A message with all that a message can have. */
function fullMessage(threadId: string) {
  return item('user_message', threadId, {
    content: [
      { type: 'input_text', text: 'Plant them with ' },
      { type: 'input_tag', id: 'ada', text: 'Ada', data: {}, interactive: false },
      { type: 'input_text', text: ' in May' },
    ],
    attachments: [
      { type: 'file', id: 'atc_1', name: 'plan.pdf', mime_type: 'application/pdf' },
      { type: 'file', id: 'atc_2', name: 'budget.csv', mime_type: 'text/csv' },
    ],
    quoted_text: 'Ferns grow well.',
    inference_options: {},
  });
}

/** Opens a thread of two exchanges with an element that offers editing. */
async function open(page: Page, server: FakeChatKit, options: PlainOptions = {}, edit = true) {
  const thread = server.addThread({ title: 'Garden' });
  thread.items.push(
    item('user_message', thread.id, {
      content: [{ type: 'input_text', text: 'What grows in the shade?' }],
      attachments: [],
      inference_options: {},
    }),
    answer(thread.id, 'Ferns grow well.'),
    fullMessage(thread.id),
    answer(thread.id, 'May it is.'),
  );
  const api = { api: { url: server.url, domainKey: 'local', edit } };
  await mount(page, server.url, { initialThread: thread.id, ...options, ...api } as PlainOptions);
  await expect(page.getByText('May it is.')).toBeVisible();
  return thread;
}

const edits = (server: FakeChatKit) =>
  server.seen.filter(({ body }) => body.type === 'threads.edit_user_message').map(({ body }) => body.params);

test('with the mouse: what follows goes, after it was said, and the new answer comes', async ({
  page,
  server,
}) => {
  const thread = await open(page, server);
  await page.getByText('What grows in the shade?').hover();
  await pencils(page).first().click();
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue('What grows in the shade?');
  await expect(page.getByText('Sending this removes the 3 messages below.')).toBeVisible();
  await box(page).fill('What grows in the sun?');
  await sendAgain(page).click();
  await answered(page);
  await expect(page.getByText('You said: What grows in the sun?')).toBeVisible();
  await expect(page.getByText('Ferns grow well.')).toHaveCount(0);
  await expect(page.getByText('May it is.')).toHaveCount(0);
  await expect(box(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  expect(thread.items.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
  expect(await errors(page)).toEqual([]);
});

test('with the keyboard: up in the empty box, Escape gives everything back, Enter sends', async ({
  page,
  server,
}) => {
  await open(page, server);
  await composer(page).click();
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toContainText('Plant them with');
  // Only its own answer follows: nothing to warn of.
  await expect(page.getByText(/Sending this removes/)).toHaveCount(0);
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  await expect(box(page)).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await expect(page.locator('.ck-bubble').last()).toHaveText('Plant them with @Ada in May');

  await pencils(page).first().focus();
  await page.keyboard.press('Enter');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(pencils(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('And in the sun?');
  expect(edits(server)).toEqual([]);
  await page.keyboard.press('Enter');
  await answered(page);
  expect(edits(server)).toMatchObject([
    { input: { content: [{ type: 'input_text', text: 'What grows in the shade?\nAnd in the sun?' }] } },
  ]);
});

test('up does nothing where there is something to go up in', async ({ page, server }) => {
  await open(page, server);
  await composer(page).fill('half a thought');
  await composer(page).press('ArrowUp');
  await expect(box(page)).toHaveCount(0);
  await composer(page).fill('');
  await composer(page).press('Shift+ArrowUp');
  await expect(box(page)).toHaveCount(0);
});

test('tags, quote and files are kept; each can be taken out; the draft stays', async ({ page, server }) => {
  await open(page, server);
  await composer(page).fill('half a thought');
  await pencils(page).last().click();
  const editor = page.getByRole('group', { name: 'Editing your message' });
  await expect(editor.locator('.ck-reply-text')).toContainText('Ferns grow well.');
  await expect(editor.getByRole('listitem')).toHaveText(['plan.pdf', 'budget.csv']);
  await expect(editor.locator('.ck-tag')).toHaveText('@Ada');
  await page.keyboard.press('End');
  await page.keyboard.type(', early');
  await editor.getByRole('button', { name: /plan\.pdf/ }).click();
  await expect(editor.getByRole('listitem')).toHaveText(['budget.csv']);
  await sendAgain(page).click();
  await answered(page);
  expect(edits(server)).toMatchObject([
    {
      input: {
        content: [
          { type: 'input_text', text: 'Plant them with ' },
          { type: 'input_tag', id: 'ada', text: 'Ada' },
          { type: 'input_text', text: ' in May, early' },
        ],
        attachments: ['atc_2'],
        quoted_text: 'Ferns grow well.',
      },
    },
  ]);
  await expect(page.locator('.ck-user').last().getByText('budget.csv')).toBeVisible();
  await expect(composer(page)).toHaveValue('half a thought');
});

test('somebody can be mentioned where tags are searched; Enter and Escape are the menu’s first', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Garden' });
  thread.items.push(fullMessage(thread.id), answer(thread.id, 'May it is.'));
  await page.evaluate(
    ([url, id]) => {
      const options = {
        api: { url, domainKey: 'local', edit: true },
        locale: 'en',
        initialThread: id,
        entities: { onTagSearch: async () => [{ id: 'alan', title: 'Alan Turing' }] },
      };
      window.harness.mount(options as Parameters<typeof window.harness.mount>[0]);
    },
    [server.url, thread.id] as const,
  );
  await pencils(page).click();
  await expect(page.locator('.ck-edit .ck-tag')).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.type(' and @al');
  const option = page.getByRole('option', { name: 'Alan Turing' });
  await expect(option).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/edit-mention.png' });
  await page.keyboard.press('Escape');
  await expect(option).toHaveCount(0);
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('a');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(' @a');
  await expect(option).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.ck-edit .ck-tag')).toHaveText(['@Ada', '@Alan Turing']);
  expect(edits(server)).toEqual([]);
  await page.keyboard.press('Enter');
  await answered(page);
  const [params] = edits(server) as { input: { content: { type: string; id?: string }[] } }[];
  expect(params?.input.content.flatMap(({ id }) => id ?? [])).toEqual(['ada', 'alan']);
});

test('a refusal gives everything back, with the words of the server, and it can be sent again', async ({
  page,
  server,
}) => {
  await open(page, server);
  const message = 'Your budget for today is used up. Nothing was changed.';
  server.refuse('threads.edit_user_message', 403, { error: { code: 'not_admitted', message } });
  await pencils(page).first().click();
  await box(page).fill('What grows in the sun?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').getByText(message)).toHaveCount(1);
  await expect(page.locator('.ck-edit').getByRole('alert').getByText(message)).toBeInViewport();
  await page.screenshot({ path: 'tests/artifacts/edit-refused.png' });
  await expect(page.getByText('it is still here. Nothing was removed.')).toBeVisible();
  await expect(box(page)).toHaveValue('What grows in the sun?');
  await expect(page.getByText('Ferns grow well.').first()).toBeVisible();
  await expect(page.getByText('May it is.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  server.allow('threads.edit_user_message');
  await sendAgain(page).click();
  await answered(page);
  await expect(page.getByText('You said: What grows in the sun?')).toBeVisible();
});

test('nothing can be sent while it is empty or a response runs', async ({ page, server }) => {
  await open(page, server);
  await pencils(page).first().click();
  await box(page).fill('  ');
  await expect(sendAgain(page)).toHaveAttribute('aria-disabled', 'true');
  await box(page).press('Enter');
  await box(page).fill('What grows in the sun?');
  await say(page, 'slow please');
  await expect(page.getByText('A response is running: wait for it, or stop it.')).toBeVisible();
  await expect(sendAgain(page)).toHaveAttribute('aria-disabled', 'true');
  await box(page).press('Enter');
  await expect(pencils(page)).toHaveCount(0);
  expect(edits(server)).toEqual([]);
  await page.getByRole('button', { name: 'Stop' }).first().click();
  await answered(page);
  await box(page).press('Enter');
  await expect(page.getByText('You said: What grows in the sun?')).toBeVisible();
});

test('an input method keeps its own Enter and Escape', async ({ page, server }) => {
  await open(page, server);
  await pencils(page).first().click();
  await expect(box(page)).toBeFocused();
  for (const key of ['Enter', 'Escape']) {
    await box(page).evaluate((element, pressed) => {
      const how = { key: pressed, isComposing: true, bubbles: true, composed: true, cancelable: true };
      element.dispatchEvent(new KeyboardEvent('keydown', how));
    }, key);
  }
  await expect(box(page)).toHaveCount(1);
  expect(edits(server)).toEqual([]);
});

test('is there again when one comes back to the thread', async ({ page, server }) => {
  const thread = await open(page, server);
  await pencils(page).first().click();
  await box(page).fill('What grows in the sun?');
  await page.evaluate(() => window.harness.methods().setThreadId(null));
  await expect(box(page)).toHaveCount(0);
  await page.evaluate((id) => window.harness.methods().setThreadId(id), thread.id);
  await expect(box(page)).toHaveValue('What grows in the sun?');
  await expect(box(page)).not.toBeFocused();
});

test('is not offered without the option, and not in a locked thread', async ({ page, server }) => {
  const thread = await open(page, server, {}, false);
  await expect(pencils(page)).toHaveCount(0);
  await composer(page).press('ArrowUp');
  await expect(box(page)).toHaveCount(0);
  thread.status = { type: 'locked' };
  await page.evaluate(() => window.harness.unmount());
  await mount(page, server.url, {
    initialThread: thread.id,
    api: { url: server.url, domainKey: 'local', edit: true },
  } as PlainOptions);
  await expect(page.getByText('May it is.')).toBeVisible();
  await expect(pencils(page)).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  for (const [width, locale, dir] of [
    [900, 'en', 'ltr'],
    [320, 'fr', 'ltr'],
    [320, 'ar', 'rtl'],
  ] as const) {
    test(`looks right: ${scheme}, ${width} px, ${locale}`, async ({ page, server }) => {
      await page.setViewportSize({ width, height: 720 });
      await page.evaluate((direction) => {
        document.documentElement.dir = direction;
      }, dir);
      await open(page, server, { theme: scheme, locale });
      const message = page.locator('.ck-user').first();
      await message.hover();
      await message.locator('.ck-edit-open').click();
      const editor = page.locator('.ck-edit');
      await expect(editor).toBeVisible();
      expect(await violations(page)).toEqual([]);
      const outside = await editor.evaluate((element) => {
        const frame = element.getBoundingClientRect();
        const parts = [element, ...element.querySelectorAll('button, p, textarea')];
        return parts.filter((part) => {
          const { left, right } = part.getBoundingClientRect();
          return left < Math.max(0, frame.left) - 1 || right > Math.min(innerWidth, frame.right) + 1;
        }).length;
      });
      expect(outside).toBe(0);
      await page.screenshot({ path: `tests/artifacts/edit-${scheme}-${width}-${locale}.png` });
      await page.keyboard.press('Escape');
      await page.locator('.ck-user').last().hover();
      await page.locator('.ck-edit-open').last().click();
      await expect(page.locator('.ck-edit .ck-tag')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `tests/artifacts/edit-full-${scheme}-${width}-${locale}.png` });
    });
  }
}
