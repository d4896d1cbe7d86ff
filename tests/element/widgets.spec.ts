/** Widgets in the browser: how they look, what they send, what they survive. */
import { violations } from './axe.ts';
import type { FakeChatKit } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { BASIC, FIGURES, FORM, HOSTILE, LIST, PARTS } from './gallery.ts';
import { answered, composer, errors, mount } from './helpers.ts';
import { showWidgets } from './show-widgets.ts';

type Json = Record<string, unknown>;

const sent = (server: FakeChatKit, type: string) =>
  server.seen.filter(({ body }) => body.type === type).map(({ body }) => body.params);

for (const look of [
  { name: 'light', options: { theme: 'light' }, width: 1100 },
  { name: 'dark', options: { theme: 'dark' }, width: 1100 },
  { name: 'narrow', options: { theme: 'light' }, width: 320 },
  { name: 'rtl', options: { theme: 'dark', locale: 'ar' }, width: 560 },
] as const) {
  test(`every component in ${look.name} has no violations and fits`, async ({ page, server }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: look.width, height: 900 });
    await showWidgets(page, server, [PARTS, FORM, FIGURES, LIST, BASIC], look.options);
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    await page.locator('.ck-scroll').evaluate((scroll) => {
      scroll.scrollTop = 0;
    });
    expect(await violations(page)).toEqual([]);
    const overflow = await page
      .locator('.ck-scroll')
      .evaluate((scroll) => scroll.scrollWidth - scroll.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: look.width, height: 2600 });
    await page.screenshot({ path: `tests/artifacts/widgets-${look.name}.png` });
    expect(await errors(page)).toEqual([]);
  });
}

test('a form sends its values nested, checks what is required, and keeps the focus', async ({
  page,
  server,
}) => {
  const thread_id = await showWidgets(page, server, [FORM]);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByLabel('Name')).toBeFocused();
  expect(sent(server, 'threads.custom_action')).toEqual([]);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Wishes').fill('Window');
  await page.getByRole('combobox', { name: 'Table' }).selectOption('out');
  await page.clock.setFixedTime('2026-11-20T12:00:00Z');
  await page.getByRole('button', { name: 'Day' }).click();
  await page.keyboard.press('PageDown');
  await page.getByRole('button', { name: /24 December 2026|December 24, 2026/ }).click();
  await expect(page.getByRole('button', { name: /^Day, / })).toBeFocused();
  await page.getByLabel('Four').check();
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await answered(page);
  expect(sent(server, 'threads.custom_action')).toEqual([
    {
      thread_id,
      item_id: 'msg_widget_0',
      action: {
        type: 'book',
        payload: {
          place: 'ada',
          guest: { name: 'Ada' },
          wishes: 'Window',
          table: 'out',
          day: '2026-12-24',
          terms: true,
          size: '4',
        },
      },
    },
  ]);
  await expect(page.getByText('You said: action book')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Ada');
});

test('Enter in a field submits the form once', async ({ page, server }) => {
  const inner = {
    type: 'Card',
    children: [
      {
        type: 'Form',
        onSubmitAction: { type: 'rename' },
        children: [
          { type: 'Input', name: 'a', defaultValue: '1' },
          { type: 'Input', name: 'b', defaultValue: '2' },
          { type: 'Button', submit: true, label: 'Go' },
        ],
      },
    ],
  };
  await showWidgets(page, server, [inner]);
  await page.getByRole('textbox', { name: 'b' }).press('Enter');
  await answered(page);
  expect(sent(server, 'threads.custom_action').map(({ action }) => action)).toEqual([
    { type: 'rename', payload: { a: '1', b: '2' } },
  ]);
});

test('an action outside of the stream replaces the widget and keeps what is typed', async ({
  page,
  server,
}) => {
  const field = { type: 'Input', key: 'note', name: 'note' };
  const action = { type: 'count', streaming: false };
  const widget = (text: string, extra: Json[] = []) => ({
    type: 'Card',
    children: [
      ...extra,
      { type: 'Text', key: 'text', value: text },
      field,
      { type: 'Button', key: 'go', label: 'Count', onClickAction: action },
    ],
  });
  server.updateOnSync((item) => ({ ...item, widget: widget('Counted', [{ type: 'Title', value: 'New' }]) }));
  await showWidgets(page, server, [widget('Not yet')]);
  await page.getByRole('textbox', { name: 'note' }).fill('half a thou');
  await page.getByRole('button', { name: 'Count' }).click();
  await expect(page.getByText('Counted')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'note' })).toHaveValue('half a thou');
  await expect(page.getByRole('button', { name: 'Count' })).toBeFocused();
  expect(sent(server, 'threads.sync_custom_action')).toHaveLength(1);
});

test('a refused action says so and can be tried again', async ({ page, server }) => {
  server.refuse('threads.sync_custom_action', 503);
  const action = { type: 'save', streaming: false };
  await showWidgets(page, server, [
    { type: 'Card', children: [{ type: 'Button', label: 'Save it', onClickAction: action }] },
  ]);
  await page.getByRole('button', { name: 'Save it' }).click();
  await expect(page.getByRole('alert')).toContainText('This could not be done.');
  server.allow('threads.sync_custom_action');
  await page.getByRole('button', { name: 'Save it' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
});

test('client actions go to the page with the chosen value, and to nobody else', async ({ page, server }) => {
  const id = await showWidgets(page, server, [BASIC]);
  await page.evaluate(
    ([url, initialThread]) => {
      const calls: unknown[] = [];
      Object.assign(window, { calls });
      window.harness.update({
        api: { url, domainKey: 'local' },
        locale: 'en',
        initialThread,
        widgets: {
          onAction: async (action, { id }) => {
            calls.push({ action, id });
          },
        },
      });
    },
    [server.url, id] as const,
  );
  const field = page.getByRole('combobox');
  await field.click();
  await field.fill('chi');
  await expect(page.getByRole('option')).toHaveCount(1);
  await field.press('Enter');
  await expect(field).toHaveValue('Chile');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { calls: unknown[] }).calls))
    .toEqual([{ action: { type: 'country', payload: { country: 'chile' } }, id: 'msg_widget_0' }]);
  expect(sent(server, 'threads.custom_action')).toEqual([]);
});

test('a list shows more on demand, and its rows act as a whole', async ({ page, server }) => {
  await showWidgets(page, server, [LIST]);
  await expect(page.getByRole('button', { name: /^Place/ })).toHaveCount(3);
  await page.getByRole('button', { name: 'Show 4 more' }).click();
  await expect(page.getByRole('button', { name: /^Place/ })).toHaveCount(7);
  await page.getByRole('button', { name: /^Place 6/ }).click();
  await answered(page);
  expect(sent(server, 'threads.custom_action').map(({ action }) => action)).toEqual([
    { type: 'open', payload: { index: 5 } },
  ]);
});

test('hostile props load nothing, cover nothing, and break nothing', async ({ page, server }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await showWidgets(page, server, [HOSTILE, PARTS]);
  await expect(page.getByText('the end is reached')).toBeVisible();
  await expect(page.getByText('loose in a table')).toBeVisible();
  await expect(page.getByText('a strange name')).toBeVisible();
  await expect(page.getByText('Image from tracker.example is not loaded')).toBeVisible();
  await expect(page.getByText('Not shown here: Hologram')).toBeVisible();
  await expect(page.getByText('still here')).toBeVisible();
  expect(asked.filter((url) => url.includes('tracker'))).toEqual([]);
  expect(await errors(page)).toEqual([]);
});

test('questions take the place of the message box and are answered by keyboard', async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const created_at = new Date().toISOString();
  const item = {
    type: 'structured_input',
    id: 'msg_ask',
    thread_id: 'thr',
    created_at,
    status: 'pending',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'q1',
        question: 'Which days suit you?',
        multiple: true,
        options: [{ value: 'Monday' }, { value: 'Tuesday' }, { value: 'Friday' }],
      },
      { type: 'freeform', id: 'q2', question: 'Anything else?', description: 'Allergies, wishes…' },
      {
        type: 'multiple_choice',
        id: 'q3',
        question: 'Inside?',
        options: [{ value: 'Yes' }, { value: 'No' }],
      },
    ],
  };
  const thread = server.addThread({ title: 'Ask', items: [item] });
  await mount(page, server.url, { initialThread: thread.id });
  const box = page.getByRole('region', { name: 'The assistant asks' });
  await expect(box.getByText('Question 1 of 3')).toBeVisible();
  await expect(composer(page)).toBeHidden();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/questions-light.png' });
  await page.setViewportSize({ width: 320, height: 640 });
  await page.screenshot({ path: 'tests/artifacts/questions-narrow.png' });
  await expect(page.getByRole('button', { name: 'Next' })).toBeInViewport();
  await page.getByLabel('Friday').press('Space');
  await page.getByLabel('Monday').press('Space');
  await page.getByLabel('Monday').press('Enter');
  await page.getByLabel('Anything else?').fill('No nuts');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel('Friday')).toBeChecked();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Anything else?').press('Enter');
  await page.getByRole('button', { name: 'Skip this question' }).click();
  await answered(page);
  expect(sent(server, 'threads.add_structured_input')).toEqual([
    {
      thread_id: thread.id,
      item_id: 'msg_ask',
      input: {
        status: 'answered',
        answers: {
          q1: { values: ['Monday', 'Friday'], skipped: false },
          q2: { values: ['No nuts'], skipped: false },
          q3: { values: [], skipped: true },
        },
      },
    },
  ]);
  await expect(composer(page)).toBeFocused();
  await expect(page.getByText('Monday, Friday')).toBeVisible();
});

test('a day is chosen by keys, within its range, and written as the language writes it', async ({
  page,
  server,
}) => {
  await page.clock.setFixedTime('2026-05-20T12:00:00Z');
  const picker = {
    ...{
      type: 'DatePicker',
      name: 'day',
      placeholder: 'Jour',
      min: '2026-05-04',
      max: '2026-06-02T23:00:00Z',
    },
    onChangeAction: { type: 'day', streaming: false },
  };
  await showWidgets(page, server, [{ type: 'Card', children: [picker] }], { locale: 'fr' });
  const field = page.getByRole('button', { name: /^Jour/ });
  const dialog = page.getByRole('dialog', { name: 'Jour' });
  const day = (name: string) => dialog.getByRole('button', { name, exact: true });
  await field.press('Enter');
  await expect(day('mercredi 20 mai 2026')).toBeFocused();
  await expect(dialog.getByRole('columnheader').first()).toHaveText('L');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(day('dimanche 31 mai 2026')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(day('mardi 2 juin 2026')).toBeFocused();
  await expect(day('mercredi 3 juin 2026')).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Mois suivant' })).toBeDisabled();
  await page.keyboard.press('Shift+PageUp');
  await expect(day('lundi 4 mai 2026')).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(field).toBeFocused();
  expect(sent(server, 'threads.sync_custom_action')).toEqual([]);

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(field).toHaveText('21 mai 2026');
  await expect(field).toBeFocused();
  await expect
    .poll(() => sent(server, 'threads.sync_custom_action').map(({ action }) => action))
    .toEqual([{ type: 'day', payload: { day: '2026-05-21' } }]);

  await field.click();
  await page.getByRole('button', { name: 'Mois précédent' }).focus();
  await composer(page).click();
  await expect(dialog).toHaveCount(0);
});
