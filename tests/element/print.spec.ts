/** A conversation on paper, and words found in it wherever they stand. */
import type { Page } from '@playwright/test';
import { getDocumentProxy } from 'unpdf';
import { answer, type FakeChatKit, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { mount } from './helpers.ts';

const TURNS = 12;
const paragraph = 'A foyer is where people meet before the curtain rises. '.repeat(12);

async function open(page: Page, server: FakeChatKit, options: object = {}) {
  const thread = server.addThread({ title: 'On paper' });
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const text = `Answer ${turn}: word${turn}word. ${paragraph}\n\n\`\`\`js\nconst wide = '${'x'.repeat(160)}';\n\`\`\`\n\n[A link](https://example.com/place)`;
    thread.items.push(userMessage(thread.id, `Question ${turn}?`), answer(thread.id, text));
  }
  await mount(page, server.url, { initialThread: thread.id, ...options });
  await expect(page.getByText(`word${TURNS}word`)).toBeVisible();
}

async function pagesOf(pdf: Buffer): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
}

for (const scheme of ['light', 'dark'] as const) {
  test(`prints everything that is loaded, without controls: ${scheme}`, async ({ page, server }) => {
    await open(page, server, { theme: scheme });
    const pages = await pagesOf(
      await page.pdf({ format: 'A4', path: `tests/artifacts/element/print-${scheme}.pdf` }),
    );
    expect(pages.length).toBeGreaterThan(3);
    expect(pages[0]).toContain('On paper');
    expect(pages[0]).toContain('Question 1?');
    expect(pages.at(-1)).toContain('https://example.com/place');
    const all = pages.join(' ');
    for (let turn = 1; turn <= TURNS; turn += 1) expect(all).toContain(`word${turn}word`);
    expect(all).not.toContain('Message the AI');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.ck').evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await page.screenshot({ path: `tests/artifacts/element/print-${scheme}.png`, fullPage: true });
  });
}

test('text out of sight is there for the search of the browser', async ({ page, server }) => {
  await open(page, server);
  const first = page.getByText('word1word');
  await expect(first).not.toBeInViewport();
  // Not drawn, and all the same in the text and in the tree that screen readers get.
  const skipped = await page
    .locator('.ck-turn')
    .first()
    .evaluate((turn) => ({
      visibility: getComputedStyle(turn).contentVisibility,
      text: turn.textContent?.includes('word1word'),
      shown: turn.querySelector('.ck-md')?.checkVisibility({ contentVisibilityAuto: true }),
    }));
  expect(skipped).toEqual({ visibility: 'auto', text: true, shown: false });
  // `find` selects what it finds and leaves the scrolling to the browser's own search, which brings it to the middle.
  const found = await page.evaluate(() => Reflect.get(window, 'find').call(window, 'word1word'));
  expect(found).toBe(true);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('word1word');
  await first.evaluate((paragraph) => paragraph.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(300);
  await expect(first).toBeInViewport();
});
