/** Themes of hosts, narrow windows, large type, and colours that the system forces. */

import { violations } from '../axe.ts';
import type { PlainOptions } from './page.ts';
import { buttons, fields } from './scenes/controls.ts';
import { charts, lists, tables } from './scenes/frames.ts';
import { markdown, messages } from './scenes/items.ts';
import { themeSample } from './scenes/sample.ts';
import { expect, test, wordsOf } from './stage.ts';

const t = wordsOf('en');
type Theme = Exclude<PlainOptions['theme'], string | undefined>;

const THEMES: Readonly<Record<string, Theme>> = {
  'density-compact': { density: 'compact' },
  'density-spacious': { density: 'spacious', typography: { baseSize: 17 } },
  'radius-round': { radius: 'round' },
  'radius-soft': { radius: 'soft', colorScheme: 'dark' },
  'radius-sharp': { radius: 'sharp' },
  'accent-blue': { color: { accent: { primary: '#2f6fe4', level: 2 } } },
  'accent-yellow': { color: { accent: { primary: '#ffd400', level: 3 } } },
  'accent-dark': {
    colorScheme: 'dark',
    color: { accent: { primary: '#7a1fa2', level: 3 }, grayscale: { hue: 260, tint: 6, shade: 2 } },
  },
  'surface-own': {
    color: {
      surface: { background: '#fbf6ec', foreground: '#3a2a12' },
      grayscale: { hue: 80, tint: 7, shade: -1 },
    },
  },
};

test('themes: density, radius, accents and grounds', async ({ stage }) => {
  await themeSample(stage, {});
  await stage.shoot('sample');
  for (const [name, theme] of Object.entries(THEMES)) {
    await themeSample(stage, { theme });
    await stage.shoot(`theme-${name}`);
    expect.soft(await violations(stage.page), name).toEqual([]);
  }
});

test('themes: 400 and 320 pixels, and twice the size', async ({ stage }) => {
  const origin = new URL(stage.server.url).origin;
  for (const width of [400, 320]) {
    const items = [
      ...markdown(t).slice(1),
      ...messages(t, origin).slice(2, 6),
      ...[
        ...fields(t),
        ...lists(t).slice(0, 1),
        ...tables(t), // The axis of a chart gets a width that its library measures outside of the element, now so, now so.
        ...charts(t).slice(3, 4),
        ...buttons(t),
      ].map((widget) => ({ type: 'widget', widget })),
    ];
    await stage.page.setViewportSize({ width, height: 6_000 });
    await stage.open({ threadItemActions: { feedback: true, retry: true } }, stage.thread('Narrow', items));
    await expect(stage.page.locator('.ckw')).toHaveCount(5);
    await expect(stage.page.locator('.recharts-line-curve').first()).toBeVisible();
    await stage.fit(width, 6_000);
    await stage.shoot(`narrow-${width}`);
    const overflow = await stage.page
      .locator('.ck-scroll')
      .evaluate((box) => box.scrollWidth - box.clientWidth);
    expect.soft(overflow, `sideways at ${width}`).toBeLessThanOrEqual(0);
    expect.soft(await violations(stage.page)).toEqual([]);
  }
  // A window of 1280 × 800 at 200 % has as many CSS pixels as one of 640 × 400.
  await themeSample(stage, {}, 640, 400);
  await stage.page.locator('.ck-scroll').evaluate((box) => box.scrollTo(0, 0));
  await stage.shoot('zoom-200');
});

test('themes: colours that the system forces, and more contrast', async ({ stage }) => {
  await stage.page.emulateMedia({ forcedColors: 'active' });
  await themeSample(stage, {});
  // The system's caret cannot be hidden.
  await stage.page.locator('.ck-input').blur();
  await stage.shoot('forced-colors');
  await stage.page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  await themeSample(stage, {});
  await stage.shoot('more-contrast');
});

test('themes: hover and focus', async ({ stage }) => {
  await themeSample(stage, {});
  await stage.page.locator('.ckw-card-foot .ckw-button').last().hover();
  await stage.page.locator('.ckw-field').focus();
  await stage.shoot('focus-field');
  await stage.page.locator('.ck-input').focus();
  await stage.page.keyboard.press('Tab');
  await stage.page.locator('.ck-toolbar').last().hover();
  await stage.shoot('focus-send');
});
