/** What is wider than its place says so: tables fade at the side where they go on, values end in an ellipsis. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { showWidgets } from './show-widgets.ts';

const cell = (value: string) => ({ type: 'Table.Cell', children: [{ type: 'Text', value }] });
const row = (words: string[], header = false) => ({ type: 'Table.Row', header, children: words.map(cell) });
const table = (columns: number) => ({
  type: 'Table',
  children: [
    row(
      Array.from({ length: columns }, (_, at) => `Column_number_${at}`),
      true,
    ),
    row(Array.from({ length: columns }, (_, at) => `Value_of_column_${at}`)),
  ],
});
const card = (...children: unknown[]) => ({ type: 'Card', children });
const LONG = 'A table under the old lime tree at the far end of the garden';
const select = {
  type: 'Select',
  name: 'place',
  defaultValue: 'far',
  options: [
    { value: 'far', label: LONG },
    { value: 'near', label: 'Near' },
  ],
};

const mask = (page: Page, at: number) =>
  page
    .locator('.ckw-table')
    .nth(at)
    .evaluate((table) => getComputedStyle(table).maskImage);

for (const look of [
  { theme: 'light', locale: 'en', onward: 'right', motion: 'no-preference' },
  { theme: 'dark', locale: 'ar', onward: 'left', motion: 'reduce' },
] as const) {
  test(`a table fades where it goes on, ${look.theme}, towards the ${look.onward}`, async ({
    page,
    server,
  }) => {
    await page.setViewportSize({ width: 480, height: 520 });
    await page.emulateMedia({ reducedMotion: look.motion });
    await showWidgets(page, server, [card(table(6), table(1), select)], {
      theme: look.theme,
      locale: look.locale,
    });
    const scroll = (share: number) =>
      page
        .locator('.ckw-table')
        .first()
        .evaluate(
          (box, { share, sign }) => {
            box.scrollLeft = sign * share * (box.scrollWidth - box.clientWidth);
          },
          { share, sign: look.onward === 'left' ? -1 : 1 },
        );
    const faint = /rgba\(0, 0, 0, 0\.15\)/g;
    const shape = async () => {
      const image = await mask(page, 0);
      return [image.match(faint)?.length ?? 0, /^linear-gradient\((?:to \w+, )?rgba/.test(image)];
    };
    // At its start it goes on at one side, in the middle at both, at its end at the other one.
    await expect.poll(shape).toEqual([1, false]);
    await page.screenshot({ path: `tests/artifacts/element/edges-start-${look.theme}.png` });
    await scroll(0.5);
    await expect.poll(shape).toEqual([2, true]);
    await page.screenshot({ path: `tests/artifacts/element/edges-middle-${look.theme}.png` });
    await scroll(1);
    await expect.poll(shape).toEqual([1, true]);
    await page.screenshot({ path: `tests/artifacts/element/edges-end-${look.theme}.png` });
    if (look.onward === 'left') expect(await mask(page, 0)).toContain('to left');
    expect(await mask(page, 1)).toBe('none');
    await page.keyboard.press('Tab');
    await page.locator('.ckw-table').first().focus();
    expect(await mask(page, 0)).toBe('none');
  });
}

test('what is chosen in a plain list ends in an ellipsis, and stays what is read', async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 320, height: 520 });
  await showWidgets(page, server, [card(select)], { theme: 'light' });
  const list = page.getByRole('combobox');
  const face = list.locator('button > span');
  expect(
    await face.evaluate((box) => [box.scrollWidth > box.clientWidth, getComputedStyle(box).textOverflow]),
  ).toEqual([true, 'ellipsis']);
  const [whole, words] = [await list.boundingBox(), await face.boundingBox()];
  // There is room for the arrow.
  expect((words?.x ?? 0) + (words?.width ?? 0)).toBeLessThanOrEqual(
    (whole?.x ?? 0) + (whole?.width ?? 0) - 28,
  );
  await expect(list).toHaveValue('far');
  await page.screenshot({ path: 'tests/artifacts/element/edges-select.png' });
  await list.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list).toHaveValue('near');
  await expect(face).toHaveText('Near');
  await expect(list).toBeFocused();
});
