/** Choosing tools and models in the message box. */
import fs from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, errors, heard, mount, type PlainOptions, say, update } from './helpers.ts';

type ComposerOptions = NonNullable<PlainOptions['composer']>;

const TOOLS: NonNullable<ComposerOptions['tools']> = [
  {
    id: 'web',
    label: 'Search the web',
    shortLabel: 'Web',
    icon: 'globe',
    placeholderOverride: 'Search for…',
  },
  { id: 'image', label: 'Create an image', shortLabel: 'Image', icon: 'square-image', pinned: true },
  { id: 'study', label: 'Study together', icon: 'book-open', persistent: true },
  { id: 'etude', label: 'Étude', icon: 'wreath' },
];
const MODELS: NonNullable<ComposerOptions['models']> = [
  { id: 'small', label: 'Small', description: 'Quick answers', default: true },
  { id: 'large', label: 'Large', description: 'Takes its time' },
  { id: 'huge', label: 'Huge', description: 'Not in your plan', disabled: true },
];
const BOTH: PlainOptions = { composer: { tools: TOOLS, models: MODELS } };

const menu = (page: Page) => page.getByRole('menu');
const item = (page: Page, name: string) => page.getByRole('menuitemradio', { name, exact: true });
const toolsButton = (page: Page) => page.getByRole('button', { name: 'Tools', exact: true });
const modelButton = (page: Page) => page.getByRole('button', { name: /^Model/ });
const chip = (page: Page) => page.locator('.ck-tool-chip');
const box = (page: Page) => page.locator('.ck-composer textarea');
const toolChanges = async (page: Page) =>
  (await heard(page)).filter(({ name }) => name === 'onToolChange').map(({ detail }) => detail);

test('a tool is chosen with the mouse, stands as a chip, goes with the message, and is cleared', async ({
  page,
  server,
}) => {
  await mount(page, server.url, BOTH);
  await toolsButton(page).click();
  await expect(menu(page)).toHaveAccessibleName('Tools');
  await expect(page.getByRole('menuitemradio')).toHaveText([
    'No tool',
    'Search the web',
    'Study together',
    'Étude',
  ]);
  await expect(item(page, 'No tool')).toBeFocused();
  await expect(item(page, 'No tool')).toHaveAttribute('aria-checked', 'true');
  await item(page, 'Search the web').click();
  await expect(menu(page)).toHaveCount(0);
  await expect(box(page)).toBeFocused();
  await expect(chip(page)).toHaveText('Web');
  await expect(box(page)).toHaveAttribute('placeholder', 'Search for…');
  expect(await toolChanges(page)).toEqual([{ toolId: 'web' }]);

  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await answered(page);
  const input = server.seen.at(-1)?.body.params.input as { inference_options: unknown };
  expect(input.inference_options).toMatchObject({ tool_choice: { id: 'web' }, model: 'small' });
  await expect(chip(page)).toHaveCount(0);
  expect(await toolChanges(page)).toEqual([{ toolId: 'web' }, { toolId: null }]);
});

test('a persistent tool stays after sending, and its chip takes it out', async ({ page, server }) => {
  await mount(page, server.url, BOTH);
  await toolsButton(page).click();
  await item(page, 'Study together').click();
  await say(page, 'hello');
  await answered(page);
  await expect(chip(page)).toHaveText('Study together');
  await toolsButton(page).click();
  await expect(item(page, 'Study together')).toBeFocused();
  await expect(item(page, 'Study together')).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove Study together' }).click();
  await expect(chip(page)).toHaveCount(0);
  await expect(box(page)).toBeFocused();
  expect(await toolChanges(page)).toEqual([{ toolId: 'study' }, { toolId: null }]);
});

test('a pinned tool is a button of its own that turns it on and off', async ({ page, server }) => {
  await mount(page, server.url, BOTH);
  const pinned = page.getByRole('button', { name: 'Create an image' });
  await expect(pinned).toHaveAttribute('aria-pressed', 'false');
  await expect(pinned).toHaveText('Image');
  await pinned.click();
  await expect(pinned).toHaveAttribute('aria-pressed', 'true');
  await expect(chip(page)).toHaveCount(0);
  await toolsButton(page).click();
  await expect(item(page, 'No tool')).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('Escape');
  await pinned.click();
  await expect(pinned).toHaveAttribute('aria-pressed', 'false');
  expect(await toolChanges(page)).toEqual([{ toolId: 'image' }, { toolId: null }]);
});

test('the keyboard opens, moves, finds by letters, chooses, and gives the focus back', async ({
  page,
  server,
}) => {
  await mount(page, server.url, BOTH);
  await toolsButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(toolsButton(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(item(page, 'No tool')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(item(page, 'Étude')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Search the web')).toBeFocused();
  await page.keyboard.press('End');
  await expect(item(page, 'Étude')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.type('st');
  await expect(item(page, 'Study together')).toBeFocused();
  await page.waitForTimeout(700);
  await page.keyboard.type('e');
  await expect(item(page, 'Étude')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(toolsButton(page)).toBeFocused();
  await expect(toolsButton(page)).toHaveAttribute('aria-expanded', 'false');

  await page.keyboard.press('ArrowUp');
  await expect(item(page, 'Étude')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(menu(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create an image' })).toBeFocused();
  await toolsButton(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(box(page)).toBeFocused();
  await expect(chip(page)).toHaveText('Web');
});

test('Escape in a menu neither stops the response nor leaves the menu of another', async ({
  page,
  server,
}) => {
  await mount(page, server.url, BOTH);
  await say(page, 'slow');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await toolsButton(page).click();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await toolsButton(page).click();
  await modelButton(page).click();
  await expect(menu(page)).toHaveCount(1);
  await expect(menu(page)).toHaveAccessibleName('Model');
  await modelButton(page).click();
  await expect(menu(page)).toHaveCount(0);
  await modelButton(page).click();
  await page.locator('.ck-header').click({ position: { x: 4, y: 4 } });
  await expect(menu(page)).toHaveCount(0);
});

test('models show what they are; one that is disabled can be read but not chosen', async ({
  page,
  server,
}) => {
  await mount(page, server.url, BOTH);
  await expect(modelButton(page)).toHaveAccessibleName('Model: Small');
  await modelButton(page).click();
  const small = item(page, 'Small Default');
  await expect(small).toBeFocused();
  await expect(small).toHaveAttribute('aria-checked', 'true');
  await expect(small).toHaveAccessibleDescription('Quick answers');
  await page.keyboard.press('ArrowUp');
  const huge = item(page, 'Huge');
  await expect(huge).toBeFocused();
  await expect(huge).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.type('l');
  await page.keyboard.press('Enter');
  await expect(modelButton(page)).toHaveAccessibleName('Model: Large');
  await say(page, 'hello');
  await answered(page);
  const input = server.seen.at(-1)?.body.params.input as { inference_options: unknown };
  expect(input.inference_options).toMatchObject({ model: 'large' });
});

test('options that change while a menu is open change it, and the focus stays in it', async ({
  page,
  server,
}) => {
  await mount(page, server.url, BOTH);
  await toolsButton(page).click();
  await page.keyboard.press('End');
  await expect(item(page, 'Étude')).toBeFocused();
  const fewer = TOOLS.slice(0, 2).concat({ id: 'maps', label: 'Find a way', icon: 'maps' });
  await update(page, server.url, { composer: { tools: fewer, models: MODELS } });
  await expect(page.getByRole('menuitemradio')).toHaveText(['No tool', 'Search the web', 'Find a way']);
  await expect(item(page, 'No tool')).toBeFocused();
  await item(page, 'Find a way').click();
  await expect(chip(page)).toHaveText('Find a way');
  await update(page, server.url, { composer: { tools: TOOLS, models: MODELS } });
  await expect(chip(page)).toHaveCount(0);
  expect(await toolChanges(page)).toEqual([{ toolId: 'maps' }, { toolId: null }]);
  await update(page, server.url, { composer: {} });
  await expect(toolsButton(page)).toHaveCount(0);
  await expect(modelButton(page)).toHaveCount(0);
});

test('a locked thread takes no choice; a menu that is open closes', async ({ page, server }) => {
  const thread = server.addThread({ title: 'Kept' });
  await mount(page, server.url, { ...BOTH, initialThread: thread.id });
  await toolsButton(page).click();
  await expect(menu(page)).toBeVisible();
  thread.status = { type: 'locked' };
  await page.evaluate(() => window.harness.methods().fetchUpdates());
  await expect(menu(page)).toHaveCount(0);
  await expect(toolsButton(page)).toBeDisabled();
  await expect(modelButton(page)).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Create an image' })).toBeDisabled();
});

test('the host sets both through setComposerValue', async ({ page, server }) => {
  await mount(page, server.url, BOTH);
  await composer(page).waitFor();
  await page.evaluate(() =>
    window.harness
      .methods()
      .setComposerValue({ text: 'hi', selectedToolId: 'web', selectedModelId: 'large' }),
  );
  await expect(chip(page)).toHaveText('Web');
  await expect(modelButton(page)).toHaveAccessibleName('Model: Large');
});

/** Where something stands, and that all of it is inside the window. */
async function insideWindow(page: Page, selector: string): Promise<void> {
  const place = await page.locator(selector).boundingBox();
  const size = page.viewportSize();
  if (place === null || size === null) throw new Error(`${selector} is not there`);
  expect(place.x).toBeGreaterThanOrEqual(0);
  expect(place.y).toBeGreaterThanOrEqual(0);
  expect(place.x + place.width).toBeLessThanOrEqual(size.width);
  expect(place.y + place.height).toBeLessThanOrEqual(size.height);
}

test('forty of each with long names scroll inside the window', async ({ page, server }) => {
  await page.setViewportSize({ width: 720, height: 480 });
  const names = Array.from({ length: 40 }, (_, n) => `${n} with a name that goes on and on for a while`);
  const tools = names.map((label, n) => ({ id: `t${n}`, label: `Tool ${label}`, icon: 'bolt' as const }));
  const models = names.map((label, n) => ({ id: `m${n}`, label: `Model ${label}` }));
  await mount(page, server.url, { composer: { tools, models } });
  await toolsButton(page).click();
  await insideWindow(page, '.ck-menu');
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitemradio').last()).toBeFocused();
  await expect(page.getByRole('menuitemradio').last()).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await insideWindow(page, '.ck-tool-chip');
  await modelButton(page).click();
  await insideWindow(page, '.ck-menu');
  await page.getByRole('menuitemradio').nth(20).click();
  await insideWindow(page, '.ck-model');
  await insideWindow(page, '.ck-send');
  await toolsButton(page).click();
  await page.setViewportSize({ width: 720, height: 300 });
  await insideWindow(page, '.ck-menu');
  expect(await errors(page)).toEqual([]);
});

test('what does not fit moves into the menu and comes back', async ({ page, server }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const tools = TOOLS.map((tool) => ({ ...tool, pinned: true }));
  await mount(page, server.url, { composer: { tools, models: MODELS, attachments: { enabled: true } } });
  await expect(page.locator('.ck-tool-pinned')).toHaveCount(4);
  await expect(toolsButton(page)).toHaveCount(0);
  await page.setViewportSize({ width: 480, height: 600 });
  await expect(toolsButton(page)).toBeVisible();
  expect(await page.locator('.ck-tool-pinned').count()).toBeLessThan(4);
  await page.setViewportSize({ width: 320, height: 600 });
  await expect(page.locator('.ck-tool-pinned')).toHaveCount(0);
  await toolsButton(page).click();
  await item(page, 'Search the web').click();
  await page.getByRole('button', { name: 'Tools and models' }).click();
  await expect(page.getByRole('group', { name: 'Tool' }).getByRole('menuitemradio')).toHaveCount(5);
  await expect(page.getByRole('group', { name: 'Model' }).getByRole('menuitemradio')).toHaveCount(3);
  await item(page, 'Create an image').click();
  await expect(chip(page)).toHaveText('Image');
  await page.setViewportSize({ width: 900, height: 600 });
  await expect(page.locator('.ck-tool-pinned')).toHaveCount(4);
  await expect(chip(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create an image' })).toHaveAttribute('aria-pressed', 'true');
});

test('the fullest message box stays inside a window of 320 px', async ({ page, server }) => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () =>
      new AudioContext().createMediaStreamDestination().stream;
  });
  await page.setViewportSize({ width: 320, height: 560 });
  await mount(page, server.url, {
    composer: { tools: TOOLS, models: MODELS, attachments: { enabled: true }, dictation: { enabled: true } },
  });
  await say(page, 'slow');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await box(page).fill('the next message');
  await page.getByRole('button', { name: /^Tools/ }).click();
  await item(page, 'Search the web').click();
  const inside = async () => {
    const wide = await page
      .locator('.ck-composer-extras > *, .ck-composer-send > *')
      .evaluateAll((parts) =>
        parts
          .map((part) => part.getBoundingClientRect())
          .filter(({ left, right, width }) => width > 0 && (left < 12 || right > 308)),
      );
    expect(wide).toEqual([]);
    const extras = await page.locator('.ck-composer-extras').boundingBox();
    const send = await page.locator('.ck-composer-send').boundingBox();
    expect((extras?.x ?? 0) + (extras?.width ?? 0)).toBeLessThanOrEqual(send?.x ?? 0);
    const overflow = await page
      .locator('.ck-composer-extras')
      .evaluate((row) => row.scrollWidth - row.clientWidth);
    expect(overflow).toBe(0);
  };
  await expect(page.getByRole('button', { name: 'Tools and models' })).toBeVisible();
  await inside();
  await page.screenshot({ path: 'tests/artifacts/element/pickers-full.png' });
  await page.getByRole('button', { name: 'Dictate' }).click();
  await expect(page.getByRole('button', { name: 'Cancel the recording' })).toBeVisible();
  await inside();
  await page.screenshot({ path: 'tests/artifacts/element/pickers-recording.png' });
});

for (const scheme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'fr', 'ar'] as const) {
    test(`looks right and is accessible: ${scheme} ${locale}`, async ({ page, server }) => {
      const folder = 'tests/artifacts/element';
      await fs.mkdir(folder, { recursive: true });
      const shot = (name: string) =>
        page.screenshot({ path: `${folder}/pickers-${name}-${scheme}-${locale}.png` });
      const look = { theme: scheme, locale };
      await page.setViewportSize({ width: 720, height: 560 });
      await mount(page, server.url, {
        ...look,
        composer: { tools: TOOLS, models: MODELS, attachments: { enabled: true } },
      });
      await page.locator('.ck-tool-pinned').click();
      await page.locator('.ck-composer-extras [aria-haspopup=menu]').first().click();
      await expect(menu(page)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await shot('tools');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(chip(page)).toBeVisible();
      await page.locator('.ck-model').click();
      expect(await violations(page)).toEqual([]);
      await insideWindow(page, '.ck-menu');
      await shot('models');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 320, height: 560 });
      await page.locator('.ck-composer-extras [aria-haspopup=menu]').first().click();
      expect(await violations(page)).toEqual([]);
      await insideWindow(page, '.ck-menu');
      await insideWindow(page, '.ck-composer');
      await shot('narrow');
    });
  }
}
