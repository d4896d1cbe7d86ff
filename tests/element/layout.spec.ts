/** Where things stand: beside text that is read, in columns, and in other directions. */
import { violations } from './axe.ts';
import { answer, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { composer, mount, update } from './helpers.ts';

const LINES = Array.from({ length: 40 }, (_, n) => `const value${n} = compute(${n}, "words");`).join('\n');
const CODE = `\`\`\`ts\n${LINES}\n\`\`\``;

for (const theme of ['light', 'dark'] as const) {
  test(`the way to the newest message lets the text fade out below it: ${theme}`, async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width: 640, height: 640 });
    const thread = server.addThread({ title: 'Code' });
    thread.items.push(
      userMessage(thread.id, 'Code please'),
      answer(thread.id, `${CODE}\n\n[A link between](https://example.com/)\n\n${CODE}\n\nThe end.`),
    );
    await mount(page, server.url, { theme, initialThread: thread.id });
    await page.getByText('The end.').waitFor();
    await page.mouse.move(320, 300);
    await page.mouse.wheel(0, -5_000);
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await expect(jump).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/jump-${theme}.png` });
    const background = await page
      .locator('.ck-jump-place')
      .evaluate((element) => getComputedStyle(element).backgroundImage);
    expect(background).toContain('linear-gradient');
    // What gets the focus is not hidden below the button.
    const link = page.getByRole('link', { name: 'A link between' });
    await link.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    const below = await jump.boundingBox();
    const read = await link.boundingBox();
    if (below === null || read === null) throw new Error('nothing to compare');
    expect(read.y + read.height).toBeLessThanOrEqual(below.y);
  });
}

test('columns of a table stay apart from right to left, and numbers stand below each other', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Figures' });
  const row = (header: boolean, values: string[]) => ({
    type: 'Table.Row',
    header,
    children: values.map((value, column) => ({
      type: 'Table.Cell',
      align: column === 0 ? 'start' : 'end',
      children: [{ type: 'Text', value }],
    })),
  });
  thread.items.push(userMessage(thread.id, 'Figures'), {
    ...{ id: 'figures', type: 'widget', thread_id: thread.id, created_at: '2026-01-01T00:00:00Z' },
    widget: {
      type: 'Card',
      children: [
        {
          type: 'Table',
          children: [
            row(true, ['شهر', 'دخل', 'Costs']),
            row(false, ['January and more', '12,000,000', '9,000,000']),
            row(false, ['يناير', '14,500', '9,900']),
          ],
        },
      ],
    },
  } as never);
  await mount(page, server.url, { locale: 'ar', initialThread: thread.id });
  await page.locator('.ckw-table').waitFor();
  /** Where the words of each cell begin and end, row by row. */
  const words = await page.locator('.ckw-table tr').evaluateAll((rows) =>
    rows.map((each) =>
      [...each.querySelectorAll('.ckw-text')].map((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const { left, right } = range.getBoundingClientRect();
        return { left, right };
      }),
    ),
  );
  for (const cells of words) {
    for (const [column, { left }] of cells.entries()) {
      const next = cells[column + 1];
      if (next !== undefined) expect(left - next.right).toBeGreaterThanOrEqual(16);
    }
  }
  for (const column of [0, 1, 2]) {
    const ends = words.map((cells) => cells[column]?.right ?? 0);
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(2);
  }
});

test('a picture that is not loaded keeps the order of its words in a page from right to left', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Picture' });
  thread.items.push(
    userMessage(thread.id, 'Picture'),
    answer(thread.id, 'مرحبا ![A chart…](https://pictures.example/a.png)'),
  );
  await mount(page, server.url, { locale: 'ar', initialThread: thread.id });
  const note = page.locator('.ck-image-note');
  await expect(note).toHaveText('Image not loaded: A chart…');
  const [first, last] = await note.evaluate((element) => {
    const text = element.firstChild as Text;
    const at = (from: number) => {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, from + 1);
      return range.getBoundingClientRect().left;
    };
    return [at(0), at(text.length - 1)];
  });
  expect(last).toBeGreaterThan(first ?? 0);
});

test('a day can be cleared only where there is one', async ({ page, server }) => {
  const thread = server.addThread({ title: 'Form' });
  const picker = { type: 'DatePicker', name: 'day', placeholder: 'Day', clearable: true };
  thread.items.push(userMessage(thread.id, 'Form'), {
    ...{ id: 'form', type: 'widget', thread_id: thread.id, created_at: '2026-01-01T00:00:00Z' },
    widget: {
      type: 'Card',
      children: [{ type: 'Form', onSubmitAction: { type: 'save' }, children: [picker] }],
    },
  } as never);
  await mount(page, server.url, { initialThread: thread.id });
  const field = page.getByRole('button', { name: /^Day/ });
  const clear = page.getByRole('button', { name: 'Clear Day' });
  await expect(field).toBeVisible();
  await expect(clear).toHaveCount(0);
  await field.click();
  await page.keyboard.press('Enter');
  await expect(clear).toBeVisible();
  await clear.click();
  await expect(field).toHaveText('Day');
  await expect(field).toBeFocused();
  await expect(clear).toHaveCount(0);
});

test('an empty history says what will be there, and leads back to the message', async ({ page, server }) => {
  await mount(page, server.url);
  for (const theme of ['light', 'dark'] as const) {
    await update(page, server.url, { theme });
    await page.getByRole('button', { name: 'History' }).click();
    await expect(page.getByText('No conversations yet')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/history-empty-${theme}.png` });
    await page.getByRole('button', { name: 'Start a conversation' }).click();
    await expect(composer(page)).toBeFocused();
  }
});
