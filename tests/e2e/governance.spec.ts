/** Connections, limits and usage as administrators and people see them. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { ADMINISTRATOR, artifact, expect, send, signInAs, test } from './fixtures.ts';

async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}

async function expectNoSideways(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => {
      const content = document.getElementById('content');
      return content === null ? -1 : content.scrollWidth - content.clientWidth;
    }),
  ).toBe(0);
}

/** A connection with a priced model, one answer, and limits for members. */
async function setUp(page: Page, url: string, model: string): Promise<void> {
  await signInAs(page, url, ADMINISTRATOR);
  const rest = async (method: string, path: string, data: unknown) => {
    const response = await page.request.fetch(new URL(path, url).href, { method, data });
    expect(response.ok()).toBe(true);
    return (await response.json()) as { id: string };
  };
  const connection = { name: 'House server', base_url: model, mode: 'chat', api_key: 'sk-canary-771' };
  const { id } = await rest('POST', '/api/admin/connections', connection);
  const offered = {
    id: 'small',
    model: 'fake-model',
    label: 'Small and quick',
    input_price: 400_000,
    cached_price: 100_000,
    output_price: 1_600_000,
    max_output_tokens: 4_096,
  };
  await rest('PUT', `/api/admin/connections/${id}/models`, { models: [offered] });
  await rest('PUT', '/api/admin/policies/roles/administrator', { money_per_month: 50_000 });
}

test('a connection is added, tested, priced and deleted', async ({ foyer, model, page }) => {
  await signInAs(page, foyer.url, ADMINISTRATOR);
  await page.goto(new URL('/admin/connections', foyer.url).href);
  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('House server');
  await dialog.getByLabel('Server address').fill(model.url);
  await dialog.getByLabel('Key (optional)').fill('sk-canary-771');
  await expectAccessible(page);
  await page.screenshot({ path: artifact('connection-add') });
  await dialog.getByRole('button', { name: 'Save' }).click();

  const card = page.getByRole('region', { name: 'House server' });
  await card.getByRole('button', { name: /^Test/ }).click();
  await expect(card.getByRole('status')).toContainText('Models listed: 2');
  await card.getByRole('button', { name: /Models and prices/ }).click();
  await dialog.getByRole('button', { name: 'Add model' }).click();
  await dialog.getByLabel('Name on the server').fill('fake-model');
  await dialog.getByLabel('Input', { exact: true }).fill('free');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('Input', { exact: true })).toBeFocused();
  await page.screenshot({ path: artifact('connection-models') });
  await dialog.getByLabel('Input', { exact: true }).fill('0.40');
  await dialog.getByLabel('Output', { exact: true }).fill('1.60');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('row', { name: /fake-model.*0\.40.*1\.60/ })).toBeVisible();

  await card.getByRole('button', { name: /^Edit/ }).click();
  await dialog.getByLabel('Server address').fill('https://elsewhere.example/v1');
  await expect(dialog.getByRole('status')).toContainText('the stored key will be forgotten');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.content()).not.toContain('sk-canary-771');

  await page.goto(foyer.url);
  await send(page, 'Hello [burst:4]');
  await expect.poll(() => model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-canary-771');

  await page.goto(new URL('/admin/connections', foyer.url).href);
  await card.getByRole('button', { name: /^Delete/ }).click();
  await dialog.getByRole('button', { name: 'Delete connection' }).click();
  await expect(card).toBeHidden();
});

test('limits are set for a role and a person, and the person sees what is left', async ({
  foyer,
  model,
  page,
}) => {
  await setUp(page, foyer.url, model.url);
  await page.goto(new URL('/admin/policies', foyer.url).href);
  await page.getByRole('button', { name: 'Edit the limits of Members' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Money a month').first().selectOption('Limit');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('Money a month: Limit')).toBeFocused();
  await dialog.getByLabel('Money a month: Limit').fill('12.5');
  await dialog.getByRole('radio', { name: 'Only these' }).check({ force: true });
  await dialog.getByRole('checkbox', { name: 'Small and quick' }).check();
  await expectAccessible(page);
  await page.screenshot({ path: artifact('policy-edit') });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Members.*12\.50 a month.*models: 1/ })).toBeVisible();

  await page.goto(foyer.url);
  await send(page, 'Hello [burst:4]');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.getByRole('button', { name: /Account/ }).click();
  await expect(page.getByRole('meter', { name: 'Budget this month' })).toBeVisible();
  await page.screenshot({ path: artifact('budget-meter') });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    for (const width of [1_280, 320]) {
      test(`the pages are accessible and fit ${width} px`, async ({ foyer, model, page }) => {
        await setUp(page, foyer.url, model.url);
        await send(page, 'Hello [burst:4]');
        await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
        await page.setViewportSize({ width, height: 800 });
        for (const name of ['connections', 'policies', 'usage'] as const) {
          await page.goto(new URL(`/admin/${name}`, foyer.url).href);
          await page.getByRole('table').first().waitFor();
          if (name === 'usage') await page.locator('.recharts-bar-rectangle').first().waitFor();
          await expectAccessible(page);
          await expectNoSideways(page);
          await page.screenshot({ path: artifact(`${name}-${colorScheme}-${width}`), fullPage: true });
        }
      });
    }
  });
}

test('the budget notice says that little is left', async ({ foyer, model, page }) => {
  await setUp(page, foyer.url, model.url);
  const policy = await page.request.put(new URL('/api/admin/policies/roles/administrator', foyer.url).href, {
    data: { money_per_month: 0 },
  });
  expect(policy.ok()).toBe(true);
  await page.goto(foyer.url);
  await send(page, 'Hello');
  await expect(page.locator('openai-chatkit').getByRole('alert')).toContainText('budget for this month');
});

test('usage can be downloaded as a file', async ({ foyer, model, page }) => {
  await setUp(page, foyer.url, model.url);
  await send(page, 'Hello [burst:4]');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.goto(new URL('/admin/usage', foyer.url).href);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const text = fs.readFileSync(await download.path(), 'utf8');
  expect(text).toMatch(/^day,person,address,/);
  expect(text).toContain(ADMINISTRATOR.email);
});
