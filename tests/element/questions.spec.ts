/** Questions of the assistant that are answered with words of one's own instead of an option. */
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, mount } from './helpers.ts';

const item = (inputs: Record<string, unknown>[]) => ({
  type: 'structured_input',
  id: 'msg_ask',
  thread_id: 'thr',
  created_at: '2026-05-20T10:00:00Z',
  status: 'pending',
  inputs,
});
const seat = {
  type: 'multiple_choice',
  id: 'seat',
  question: 'Where?',
  options: [{ value: 'Inside' }, { value: 'Terrace' }],
};
const days = {
  type: 'multiple_choice',
  id: 'days',
  question: 'When?',
  multiple: true,
  options: [{ value: 'Monday' }, { value: 'Friday' }],
};
const wish = { type: 'freeform', id: 'wish', question: 'Wishes?' };

test('a choice takes an own answer, by keys alone, in place of an option or beside some', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Ask', items: [item([seat, days, wish])] });
  await mount(page, server.url, { initialThread: thread.id });
  const radio = (name: string) => page.getByRole('radio', { name, exact: true });
  const own = page.getByRole('textbox', { name: 'Other…' });
  await radio('Inside').focus();
  await page.keyboard.press('Space');
  // Arrows go through the choices, the own one among them, and stay with the choices.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(radio('Other…')).toBeChecked();
  await expect(radio('Other…')).toBeFocused();
  await expect(radio('Inside')).not.toBeChecked();
  expect(await violations(page)).toEqual([]);
  // Without words it is no answer yet, and going on leads to where they are missing.
  await page.keyboard.press('Enter');
  await expect(own).toBeFocused();
  await page.keyboard.type('  On the roof ');
  await page.keyboard.press('Enter');

  const box = page.getByRole('region', { name: 'The assistant asks' });
  await expect(box.getByText('Question 2 of 3')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Friday' }).press('Space');
  // Writing is choosing.
  await own.fill('Holidays');
  await expect(page.getByRole('checkbox', { name: 'Other…' })).toBeChecked();
  await own.press('Enter');

  // An open question needs no such thing.
  await expect(box.getByText('Question 3 of 3')).toBeVisible();
  await expect(page.getByText('Other…')).toBeHidden();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(own).toHaveValue('Holidays');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Wishes?').fill('Shade');
  await page.keyboard.press('Enter');
  await answered(page);
  const submitted = server.seen.filter(({ body }) => body.type === 'threads.add_structured_input');
  expect(submitted.map(({ body }) => body.params.input)).toEqual([
    {
      status: 'answered',
      answers: {
        seat: { values: ['On the roof'], skipped: false },
        days: { values: ['Friday', 'Holidays'], skipped: false },
        wish: { values: ['Shade'], skipped: false },
      },
    },
  ]);
  await expect(page.getByText('Friday, Holidays')).toBeVisible();
});

test('an own answer that is put aside is not sent; by pointer, choosing it begins the writing', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Ask', items: [item([seat])] });
  await mount(page, server.url, { initialThread: thread.id, locale: 'fr' });
  const own = page.getByRole('textbox', { name: 'Autre…' });
  await page.getByRole('radio', { name: 'Autre…' }).click();
  await expect(own).toBeFocused();
  await own.fill('Sur le toit');
  await page.getByText('Terrace', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Autre…' })).not.toBeChecked();
  await expect(own).toHaveValue('Sur le toit');
  // The word beside the mark chooses too.
  await page.getByText('Autre…', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Autre…' })).toBeChecked();
  await expect(own).toBeFocused();
  await page.getByText('Inside', { exact: true }).click();
  await page.getByRole('button', { name: 'Envoyer les réponses' }).click();
  const submitted = () =>
    server.seen.flatMap(({ body }) =>
      body.type === 'threads.add_structured_input' ? body.params.input : [],
    );
  await expect
    .poll(submitted)
    .toEqual([{ status: 'answered', answers: { seat: { values: ['Inside'], skipped: false } } }]);
});
