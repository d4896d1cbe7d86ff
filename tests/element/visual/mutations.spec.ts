/** The pictures are worth something only if a small change makes them differ: here such changes are made on purpose. */
import { expect, test } from './stage.ts';
import { themeSample } from './scenes/sample.ts';

/** Each a slip of one hand: a token a shade off, a padding by a pixel, a weight, a word. */
const MUTATIONS: Readonly<Record<string, string>> = {
  'the colour of borders, two hundredths lighter': '.ck.ck { --ck-border: oklch(0.925 0.004 270); }',
  'the ground of messages, a shade darker': '.ck.ck { --ck-surface-strong: oklch(0.925 0.004 270); }',
  'the colour of links': '.ck.ck { --ck-link: #1a5ad0; }',
  'muted words, four hundredths lighter': '.ck.ck { --ck-muted: oklch(0.53 0.004 270); }',
  'one pixel of padding': '.ck .ckw-card-body { padding: 17px; }',
  'a radius': '.ck .ckw-card { border-radius: 13px; }',
  'a weight': '.ck .ckw-title { font-weight: 500; }',
  'half a pixel of type': '.ck .ckw-button { font-size: 13.5px; }',
};

test('mutations: each small change is seen', async ({ stage }) => {
  test.skip(
    ['all', 'changed'].includes(test.info().config.updateSnapshots),
    'While baselines are made there is nothing to compare with.',
  );
  await themeSample(stage, {});
  await stage.shoot('sample');
  for (const [name, css] of Object.entries(MUTATIONS)) {
    const style = await stage.page.evaluateHandle((text) => {
      const sheet = document.createElement('style');
      sheet.textContent = text;
      window.stage.element().shadowRoot?.append(sheet);
      return sheet;
    }, css);
    await expect
      .soft(stage.page, name)
      .not.toHaveScreenshot('sample.png', { clip: stage.clip, timeout: 2_000 });
    await style.evaluate((sheet) => sheet.remove());
  }
  await stage.page.locator('.ckw-title').evaluate((title) => {
    title.textContent = 'Book a tables';
  });
  await expect
    .soft(stage.page, 'one letter')
    .not.toHaveScreenshot('sample.png', { clip: stage.clip, timeout: 2_000 });
});
