/** Commands: opened with "/", built in and of the host. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, heard, mount, update } from './helpers.ts';

declare global {
  interface Window {
    chosen: string[];
  }
}

/** Mounts a chat whose host has commands of its own: one for every kind of answer. */
async function mountCommands(page: Page, url: string, extra: Record<string, unknown> = {}) {
  await page.evaluate(
    ([url, extra]) => {
      window.chosen = [];
      const all = [
        {
          id: 'effect',
          label: 'Do something',
          description: 'Outside of the chat',
          group: 'Host',
          icon: 'bolt' as const,
        },
        { id: 'insert', label: 'Insert the plan', group: 'Host' },
        { id: 'menu', label: 'More choices', group: 'Host' },
        { id: 'broken', label: 'Broken command', group: 'Host' },
        { id: 'slow', label: 'Slow command', group: 'Host' },
      ];
      window.harness.mount({
        api: { url, domainKey: 'local' },
        locale: 'en',
        composer: {
          tools: [{ id: 'web', label: 'Search the web', icon: 'globe' }],
          models: [
            { id: 'small', label: 'Small', default: true },
            { id: 'large', label: 'Large' },
          ],
        },
        ...extra,
        commands: {
          enabled: true,
          async onSearch(query) {
            if (query === 'fail') throw new Error('search is down');
            return all.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
          },
          async onSelect(command) {
            window.chosen.push(command.id);
            const entity = { id: 'plan', title: 'Quarterly plan' };
            if (command.id === 'insert' || command.id === 'inner') return { type: 'entity', entity };
            if (command.id === 'menu')
              return { type: 'menu', commands: [{ id: 'inner', label: 'Inner plan' }] };
            if (command.id === 'broken') throw new Error('it broke');
            if (command.id === 'slow') await new Promise((done) => setTimeout(done, 1_000));
            if (command.id === 'slow') return { type: 'entity', entity };
          },
        },
      });
    },
    [url, extra] as const,
  );
  await expect(page.locator('.ck-rich .ck-input')).toBeVisible();
}

const box = (page: Page) => page.locator('.ck-composer .ck-input');
const menu = (page: Page) => page.locator('.ck-suggest');
const option = (page: Page, name: string) => menu(page).getByRole('option', { name });

/** Writes a command into the empty box and picks what it finds. */
async function run(page: Page, name: string) {
  await box(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('/');
  await option(page, name).click();
}

test('lists the host and the built-in actions in groups, filtered by typing', async ({ page, server }) => {
  await mountCommands(page, server.url);
  await box(page).click();
  await page.keyboard.type('/');
  for (const name of ['Host', 'Tool', 'Model', 'Chat']) {
    await expect(page.getByRole('group', { name, exact: true })).toBeVisible();
  }
  await expect(option(page, 'Attach files')).toHaveCount(0);
  await page.keyboard.type('large');
  await expect(menu(page).getByRole('option')).toHaveText(['Large']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Model: Large' })).toBeVisible();
  await expect(box(page)).toHaveText('');
  await run(page, 'Search the web');
  expect((await heard(page)).at(-1)).toEqual({ name: 'onToolChange', detail: { toolId: 'web' } });
  await run(page, 'Keyboard shortcuts');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await run(page, 'History');
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
});

test('an effect, an entity, and a menu with a way back', async ({ page, server }) => {
  await mountCommands(page, server.url);
  await run(page, 'Do something');
  await expect(menu(page)).toHaveCount(0);
  await expect(box(page)).toHaveText('');
  await run(page, 'Insert the plan');
  await expect(page.locator('.ck-input .ck-tag')).toHaveText('@Quarterly plan');
  await run(page, 'More choices');
  await expect(menu(page).getByRole('option')).toHaveText(['Back', 'Inner plan']);
  await option(page, 'Back').click();
  await expect(option(page, 'Insert the plan')).toBeVisible();
  await option(page, 'More choices').click();
  await expect(option(page, 'Inner plan')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveText('@Quarterly plan ');
  expect(await page.evaluate(() => window.chosen)).toEqual(['effect', 'insert', 'menu', 'menu', 'inner']);
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(page.locator('.ck-bubble .ck-tag')).toHaveText('@Quarterly plan');
});

test('shows and reports what fails, and lets people try again; a late answer is dropped', async ({
  page,
  server,
}) => {
  await mountCommands(page, server.url);
  await run(page, 'Broken command');
  await expect(menu(page).getByRole('alert')).toContainText(
    'The command did not work. Your message is unchanged.',
  );
  await menu(page).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => page.evaluate(() => window.chosen)).toEqual(['broken', 'broken']);
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await run(page, 'Slow command');
  await expect(menu(page)).toContainText('Working…');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(1_200);
  await expect(box(page)).toHaveText('');
  await page.keyboard.type('/fail');
  await expect(menu(page).getByRole('alert')).toContainText('The search did not work.');
  const failures = (await heard(page)).filter(({ name }) => name === 'onError');
  expect(failures.map(({ detail }) => detail)).toMatchObject([
    { error: { message: 'it broke' } },
    { error: { message: 'it broke' } },
    { error: { message: 'search is down' } },
  ]);
});

test('without a handler of the host the plain box has the built-in actions, and paths can be sent', async ({
  page,
  server,
}) => {
  await mount(page, server.url, { commands: { enabled: true } });
  await composer(page).focus();
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('/new');
  await expect(menu(page).getByRole('option')).toHaveText(['New chat']);
  await expect(page.locator('textarea.ck-input')).toHaveAttribute('aria-activedescendant', /.+/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await composer(page).fill('');
  await page.keyboard.type('/usr/bin');
  await expect(menu(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(page.locator('.ck-bubble')).toHaveText('/usr/bin');
  await update(page, server.url);
  await page.keyboard.type('/');
  await page.waitForTimeout(300);
  await expect(menu(page)).toHaveCount(0);
});
