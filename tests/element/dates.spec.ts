/** Far days: months and years that are chosen, and days that are typed. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import type { FakeChatKit } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { showWidgets } from './show-widgets.ts';

async function open(page: Page, server: FakeChatKit, locale: 'fr' | 'en', picker: Record<string, unknown>) {
  await page.setViewportSize({ width: 520, height: 640 });
  await page.clock.setFixedTime('2026-05-20T12:00:00Z');
  const children = [{ type: 'DatePicker', name: 'day', placeholder: 'Born', ...picker }];
  await showWidgets(page, server, [{ type: 'Card', asForm: true, children }], { locale, theme: 'light' });
  await page.getByRole('button', { name: /^Born/ }).press('Enter');
  return page.getByRole('dialog', { name: 'Born' });
}

test('a birthday is reached by its month and year, by keys', async ({ page, server }) => {
  const dialog = await open(page, server, 'fr', {});
  const [month, year] = [
    dialog.getByLabel('Mois', { exact: true }),
    dialog.getByLabel('Année', { exact: true }),
  ];
  await expect(month).toHaveValue('4');
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/element/date-fr.png' });
  await year.focus();
  await page.keyboard.press('Space');
  await page.keyboard.type('1984');
  await page.keyboard.press('Enter');
  await expect(year).toHaveValue('1984');
  await expect(year).toBeFocused();
  await month.selectOption('février');
  // The table is named after what it shows.
  await expect(dialog.getByRole('table', { name: 'février 1984' })).toBeVisible();
  await dialog.getByRole('button', { name: 'mercredi 29 février 1984' }).click();
  await expect(page.getByRole('button', { name: /^Born/ })).toHaveText('29 févr. 1984');
});

test('Escape closes an open list of years, and only then the calendar', async ({ page, server }) => {
  const dialog = await open(page, server, 'en', {});
  await dialog.getByLabel('Year', { exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByRole('option', { name: '2026' })).toBeVisible();
  await page.screenshot({ path: 'tests/artifacts/element/date-years.png' });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('option', { name: '2026' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /^Born/ })).toBeFocused();
});

test('the range holds for what is chosen and for what is typed', async ({ page, server }) => {
  const dialog = await open(page, server, 'en', { min: '2025-11-10', max: '2026-06-20' });
  const year = dialog.getByLabel('Year', { exact: true });
  expect(await year.locator('option').allTextContents()).toEqual(['2025', '2026']);
  const month = dialog.getByLabel('Month', { exact: true });
  await expect(month.locator('option', { hasText: 'July' })).toBeDisabled();
  // May 2025 is out of the range: the nearest day is shown.
  await year.selectOption('2025');
  await expect(dialog.getByRole('table', { name: 'November 2025' })).toBeVisible();
  await expect(month.locator('option', { hasText: 'October' })).toBeDisabled();

  const typed = dialog.getByLabel('Type a date');
  await typed.fill('06/21/2026');
  await typed.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Type it like 05/20/2026');
  await expect(typed).toHaveAttribute('aria-invalid', 'true');
  expect(await violations(page)).toEqual([]);
  // It grows with what it says.
  expect(await dialog.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
  await page.screenshot({ path: 'tests/artifacts/element/date-wrong.png' });
  await typed.fill('6/19/2026');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  // What is typed is shown, and the focus stays where it is typed.
  await expect(dialog.getByRole('table', { name: 'June 2026' })).toBeVisible();
  await expect(typed).toBeFocused();
  await typed.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /^Born/ })).toHaveText('Jun 19, 2026');
  // Enter chose the day, and did not send the form.
  expect(server.seen.filter(({ body }) => String(body.type).includes('action'))).toEqual([]);
});
