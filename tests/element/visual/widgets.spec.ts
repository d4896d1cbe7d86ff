/** Every component of the widget language with its variants. */
import { expect, LOOKS, type Stage, test, WORDLESS_LOOKS, type Words, wordsOf } from './stage.ts';
import { buttons, fields, pickers } from './scenes/controls.ts';
import { boxes, cards, charts, lists, tables } from './scenes/frames.ts';
import { badges, texts } from './scenes/texts.ts';

type Node = Record<string, unknown>;

async function show(stage: Stage, locale: 'en' | 'fr' | 'ar', widgets: Node[]) {
  const thread = stage.thread(
    'Widgets',
    widgets.map((widget) => ({ type: 'widget', widget })),
  );
  await stage.open({ locale, header: { enabled: false } }, thread);
  await expect(stage.page.locator('.ckw')).toHaveCount(widgets.length);
  await expect(stage.page.locator('.ckw-chart-wait')).toHaveCount(0);
  await stage.fit();
}

/** Boards in which the element says nothing of its own. */
const WORDLESS: ReadonlySet<string> = new Set(['texts', 'cards', 'tables']);

const BOARDS: Readonly<Record<string, (t: Words) => Node[]>> = {
  texts,
  badges,
  boxes,
  cards,
  lists,
  tables,
  fields,
  charts,
};

for (const [name, widgets] of Object.entries(BOARDS)) {
  test(`widgets: ${name}`, async ({ stage }) => {
    for (const [locale, schemes] of WORDLESS.has(name) ? WORDLESS_LOOKS : LOOKS) {
      await show(stage, locale, widgets(wordsOf(locale)));
      await stage.schemes(`widget-${name}`, locale, schemes, 'transcript');
    }
  });
}

test('widgets: buttons, one of them at work', async ({ stage }) => {
  await stage.page.route('**/chatkit', async (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    // What is asked here is never answered.
    if (type !== 'threads.sync_custom_action') await route.continue();
  });
  for (const [locale, schemes] of WORDLESS_LOOKS) {
    await show(stage, locale, buttons(wordsOf(locale)));
    await stage.page.getByRole('button', { name: wordsOf(locale)('Saves', 'يحفظ') }).click();
    await expect(stage.page.locator('.ckw-button[aria-busy]')).toHaveCount(1);
    await stage.page.locator('.ck-input').focus();
    await stage.page.mouse.move(0, 0);
    await stage.schemes('widget-buttons', locale, schemes, 'transcript');
  }
});

test('widgets: lists and days that are open', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    await show(stage, locale, pickers(wordsOf(locale)));
    await stage.page.setViewportSize({ width: 520, height: 720 });
    await stage.page.getByRole('combobox').first().click();
    if (locale !== 'fr') await stage.schemes('widget-select-search', locale, schemes);
    await stage.page.keyboard.press('Escape');
    await stage.page.locator('select').click();
    await stage.page.mouse.move(0, 0);
    if (locale !== 'fr') await stage.schemes('widget-select', locale, schemes);
    await stage.page.keyboard.press('Escape');
    await stage.page.locator('.ckw-date').click();
    await expect(stage.page.locator('.ckw-calendar')).toBeVisible();
    await stage.schemes('widget-date', locale, schemes);
    await stage.page.keyboard.press('Escape');
  }
});
