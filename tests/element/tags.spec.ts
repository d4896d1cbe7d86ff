/** Tags: searched with "@", kept in order, sent, drawn and previewed. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, heard, mount, update } from './helpers.ts';

/** What a test of this file hears back from the handlers in the page. */
interface Noted {
  queries: string[];
  clicked: unknown[];
  previews: string[];
}
declare global {
  interface Window {
    noted: Noted;
  }
}

/** Mounts a chat with people and documents to mention. What a query does is chosen by its text. */
async function mountTags(
  page: Page,
  url: string,
  extra: Record<string, unknown> = {},
  how: 'mount' | 'update' = 'mount',
) {
  await page.evaluate(
    ([url, extra, how]) => {
      window.noted = { queries: [], clicked: [], previews: [] };
      const all = [
        {
          id: 'ada',
          title: 'Ada Lovelace',
          group: 'People',
          icon: 'user',
          interactive: true,
          data: { team: 'x' },
        },
        { id: 'doc', title: 'Quarterly plan', group: 'Documents', icon: 'document' },
        { id: 'alan', title: 'Alan Turing', group: 'People', icon: 'user' },
      ];
      window.harness[how]({
        api: { url, domainKey: 'local' },
        locale: 'en',
        ...extra,
        entities: {
          showComposerMenu: true,
          async onTagSearch(query) {
            window.noted.queries.push(query);
            if (query === 'slow') await new Promise((done) => setTimeout(done, 1_500));
            if (query === 'bad') throw new Error('search is down');
            if (query === 'odd') return 'nonsense' as never;
            if (query === 'slow') return [{ id: 'late', title: 'Late answer' }];
            return all.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
          },
          onClick: (entity) => window.noted.clicked.push(entity),
          async onRequestPreview(entity) {
            window.noted.previews.push(entity.id);
            if (entity.id === 'broken') throw new Error('no preview');
            if (entity.id === 'none') return { preview: null };
            return {
              preview: {
                type: 'Basic',
                children: [
                  { type: 'Title', value: entity.title },
                  { type: 'Text', value: 'First programmer' },
                ],
              },
            };
          },
        },
      });
    },
    [url, extra, how] as const,
  );
  await expect(page.locator('.ck-rich .ck-input')).toBeVisible();
}

const box = (page: Page) => page.locator('.ck-composer .ck-input');
const list = (page: Page) => page.getByRole('listbox', { name: 'Mentions' });
const sent = (server: { seen: { body: { type: string; params: Record<string, unknown> } }[] }) =>
  server.seen
    .filter(({ body }) => body.type === 'threads.create' || body.type === 'threads.add_user_message')
    .map(({ body }) => (body.params.input as { content: unknown[] }).content);

/** Picks what a query finds first. */
async function tag(page: Page, query: string) {
  await page.keyboard.type(`@${query}`);
  await expect(list(page).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(list(page)).toHaveCount(0);
}

test('tags and text go out in the order they were written, and are drawn so', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('ask ');
  await tag(page, 'ada');
  await page.keyboard.type('about ');
  await tag(page, 'quart');
  await page.keyboard.press('Enter');
  await answered(page);
  expect(sent(server)).toEqual([
    [
      { type: 'input_text', text: 'ask ' },
      {
        ...{ type: 'input_tag', id: 'ada', text: 'Ada Lovelace', group: 'People', interactive: true },
        data: { team: 'x' },
      },
      { type: 'input_text', text: ' about ' },
      {
        ...{ type: 'input_tag', id: 'doc', text: 'Quarterly plan', group: 'Documents', interactive: false },
        data: {},
      },
    ],
  ]);
  await expect(page.locator('.ck-bubble')).toHaveText('ask @Ada Lovelace about @Quarterly plan');
  await expect(box(page)).toHaveText('');
});

test('the menu is worked by the keyboard and never sends', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('@');
  const options = list(page).getByRole('option');
  await expect(options).toHaveText(['Ada Lovelace', 'Alan Turing', 'Quarterly plan']);
  await expect(list(page).getByRole('group', { name: 'People' }).getByRole('option')).toHaveCount(2);
  const combobox = page.getByRole('combobox', { name: 'Message' });
  await expect(combobox).toHaveAttribute('aria-expanded', 'true');
  const marked = async () =>
    page.evaluate(() => {
      const root = window.harness.element().shadowRoot;
      const id = root?.querySelector('.ck-input')?.getAttribute('aria-activedescendant') ?? '';
      return root?.getElementById(id)?.textContent;
    });
  expect(await marked()).toBe('Ada Lovelace');
  await page.keyboard.press('ArrowUp');
  expect(await marked()).toBe('Quarterly plan');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await marked()).toBe('Alan Turing');
  await page.keyboard.press('Escape');
  await expect(list(page)).toHaveCount(0);
  // Closed once, the same word does not open it again.
  await page.keyboard.type('al');
  await page.waitForTimeout(300);
  await expect(list(page)).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('@al');
  await expect(options).toHaveText(['Alan Turing']);
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveText('@Alan Turing ');
  expect(sent(server)).toEqual([]);
});

test('a click picks, and the focus stays in the box', async ({ page, server }) => {
  await mountTags(page, server.url);
  await page.getByRole('button', { name: 'Mention' }).click();
  await list(page).getByRole('option', { name: 'Quarterly plan' }).click();
  await page.keyboard.type('please');
  await expect(box(page)).toHaveText('@Quarterly plan please');
});

test('nothing found, a failing search, a nonsense answer, late answers', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('@zzz');
  const note = page.locator('.ck-suggest');
  await expect(note).toContainText('Nothing found');
  await page.keyboard.type(' ');
  await expect(note).toHaveCount(0);
  for (const query of ['bad', 'odd']) {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.type(`@${query}`);
    await expect(note.getByRole('alert')).toContainText(
      'The search did not work. Your message is unchanged.',
    );
  }
  expect((await heard(page)).filter(({ name }) => name === 'onError')).toHaveLength(2);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('@slow');
  await expect(note).toContainText('Searching…');
  await expect.poll(() => page.evaluate(() => window.noted.queries.at(-1))).toBe('slow');
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('ada');
  await expect(list(page).getByRole('option')).toHaveText(['Ada Lovelace']);
  await page.waitForTimeout(1_600);
  await expect(list(page).getByRole('option')).toHaveText(['Ada Lovelace']);
});

test('a tag is one step for arrows, Backspace and undo', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('x ');
  await tag(page, 'ada');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('|');
  await expect(box(page)).toHaveText('x |@Ada Lovelace ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('!');
  await expect(box(page)).toHaveText('x |@Ada Lovelace! ');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect(box(page)).toHaveText('x | ');
  await page.keyboard.press('Control+z');
  await expect(box(page)).toContainText('@Ada Lovelace');
  await expect(page.locator('.ck-input .ck-tag')).toHaveCount(1);
});

test('the plain box hands over text, caret and focus; the host can set and send tags', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await composer(page).fill('one two');
  await composer(page).focus();
  await page.keyboard.press('Home');
  const content = [
    { type: 'input_text' as const, text: 'see ' },
    { type: 'input_tag' as const, id: 't', text: 'Lisbon', data: { kind: 'city' }, interactive: true },
    { type: 'input_text' as const, text: ' now' },
  ];
  await page.evaluate((content) => window.harness.methods().setComposerValue({ content }), content);
  await expect(page.locator('.ck-rich .ck-tag')).toHaveText('@Lisbon');
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  await page.keyboard.press('Enter');
  await answered(page);
  await page.evaluate((content) => window.harness.methods().sendUserMessage({ content }), content);
  await answered(page);
  await expect
    .poll(() => sent(server))
    .toEqual([[...content.slice(0, 2), { type: 'input_text', text: ' now!' }], content]);
});

const CITY = (id: string, text: string) => [
  { type: 'input_tag' as const, id, text, data: { kind: 'city' }, interactive: true },
];

test('a sent tag shows a preview by pointer and keyboard, and tells the host of clicks', async ({
  page,
  server,
}) => {
  await mountTags(page, server.url);
  for (const [id, text] of [
    ['lis', 'Lisbon'],
    ['broken', 'Broken'],
    ['none', 'None'],
  ] as const) {
    await page.evaluate((content) => window.harness.methods().sendUserMessage({ content }), CITY(id, text));
    await answered(page);
  }
  const preview = page.getByRole('tooltip');
  const lisbon = page.getByRole('button', { name: '@Lisbon' });
  await lisbon.hover();
  await expect(preview).toContainText('First programmer');
  // The preview itself can be pointed at.
  await preview.hover();
  await page.waitForTimeout(400);
  await expect(preview).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(preview).toHaveCount(0);
  await lisbon.click();
  expect(await page.evaluate(() => window.noted.clicked)).toEqual([
    { id: 'lis', title: 'Lisbon', interactive: true, data: { kind: 'city' } },
  ]);
  await page.mouse.move(5, 5);
  await lisbon.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(lisbon).toBeFocused();
  await expect(preview).toContainText('First programmer');
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  await expect(lisbon).toBeFocused();
  await page.getByRole('button', { name: '@Broken' }).hover();
  await expect(preview).toContainText('The preview could not be loaded.');
  await page.getByRole('button', { name: '@None' }).hover();
  await expect(preview).toContainText('There is no preview.');
  expect((await heard(page)).filter(({ name }) => name === 'onError')).toHaveLength(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'ar'] as const) {
    test(`nothing wrong for axe, nothing cut off at 320 px: ${colorScheme} ${locale}`, async ({
      page,
      server,
    }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await mountTags(page, server.url, { locale, theme: { colorScheme } });
      await page.evaluate(
        (content) => window.harness.methods().sendUserMessage({ content }),
        [{ type: 'input_text' as const, text: 'see ' }, ...CITY('lis', 'Lisbon')],
      );
      await expect(page.locator('.ck-assistant')).toBeVisible();
      await box(page).click();
      await page.keyboard.type('to @ada');
      await page.locator('.ck-suggest-row').first().waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type('and @');
      await expect(page.locator('.ck-suggest-row')).toHaveCount(3);
      await page.waitForTimeout(300);
      const edges = await page.locator('.ck-suggest').boundingBox();
      expect(edges?.x).toBeGreaterThanOrEqual(0);
      expect((edges?.x ?? 0) + (edges?.width ?? 0)).toBeLessThanOrEqual(320);
      expect(edges?.y).toBeGreaterThanOrEqual(0);
      await page.screenshot({ path: `tests/artifacts/tags/menu-${colorScheme}-${locale}.png` });
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('.ck-bubble .ck-tag').hover();
      await expect(page.getByRole('tooltip')).toContainText('First programmer');
      await page.screenshot({ path: `tests/artifacts/tags/preview-${colorScheme}-${locale}.png` });
      expect(await violations(page)).toEqual([]);
    });
  }
}

test('an input method composes beside a tag; its Enter neither picks nor sends', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await tag(page, 'ada');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await page.evaluate(() =>
    window.harness
      .element()
      .shadowRoot?.querySelector('.ck-input')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
  );
  expect(sent(server)).toEqual([]);
  await cdp.send('Input.insertText', { text: '日本' });
  await expect(box(page)).toHaveText('@Ada Lovelace 日本');
  await page.keyboard.press('Enter');
  await answered(page);
  expect(sent(server)).toMatchObject([[{ id: 'ada' }, { type: 'input_text', text: ' 日本' }]]);
});

test('the editor takes over while people write, with text, caret and focus', async ({ page, server }) => {
  await mount(page, server.url);
  await composer(page).focus();
  await page.keyboard.type('one three');
  for (let n = 0; n < 'three'.length; n += 1) await page.keyboard.press('ArrowLeft');
  await mountTags(page, server.url, {}, 'update');
  await page.keyboard.type('two ');
  await expect(box(page)).toHaveText('one two three');
  // Options without tags change nothing of what stands there.
  await tag(page, 'ada');
  await update(page, server.url, { theme: { colorScheme: 'dark' } });
  await expect(page.locator('.ck[data-scheme=dark]')).toBeVisible();
  await expect(box(page)).toHaveText('one two @Ada Lovelace three');
  await expect(box(page)).toBeFocused();
});

test('lines, pasted HTML as text, copies, and a very long text', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('a');
  await page.keyboard.press('Shift+Enter');
  await tag(page, 'ada');
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', '<img src=x onerror="document.title=1"><b>bold</b>');
    clipboardData.setData('text/plain', 'bold\r\ntext');
    window.harness
      .element()
      .shadowRoot?.querySelector('.ck-input')
      ?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
      );
  });
  await expect(page.locator('.ck-input b, .ck-input img')).toHaveCount(0);
  await page.keyboard.press('Control+a');
  const copied = await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    window.harness
      .element()
      .shadowRoot?.querySelector('.ck-input')
      ?.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true, composed: true }),
      );
    return clipboardData.getData('text/plain');
  });
  expect(copied).toBe('a\n@Ada Lovelace bold\ntext');
  await page.keyboard.press('Enter');
  await answered(page);
  expect(sent(server)).toMatchObject([
    [{ text: 'a\n' }, { id: 'ada' }, { type: 'input_text', text: ' bold\ntext' }],
  ]);
  const text = 'A long line of a message. '.repeat(4_000);
  await page.evaluate((text) => window.harness.methods().setComposerValue({ text }), text);
  await box(page).click();
  await page.keyboard.press('Control+End');
  const before = Date.now();
  await page.keyboard.type('twenty more letters.');
  await expect.poll(() => box(page).textContent()).toContain('twenty more letters.');
  expect(Date.now() - before).toBeLessThan(4_000);
});

test('several elements on one page have a menu and a message each', async ({ page, server }) => {
  await page.evaluate((url) => {
    for (const name of ['Left', 'Right']) {
      const element = document.createElement('openai-chatkit') as ReturnType<typeof window.harness.element>;
      element.style.height = '320px';
      element.setOptions({
        api: { url, domainKey: 'x' },
        locale: 'en',
        frameTitle: name,
        entities: { onTagSearch: async () => [{ id: name, title: `${name} person` }] },
      });
      document.body.append(element);
    }
  }, server.url);
  const right = page.getByRole('region', { name: 'Right' });
  const left = page.getByRole('region', { name: 'Left' });
  await expect(page.locator('.ck-rich .ck-input')).toHaveCount(2);
  await right.locator('.ck-input').click();
  await page.keyboard.type('@');
  await expect(right.getByRole('option')).toHaveText(['Right person']);
  await expect(left.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await left.locator('.ck-input').click();
  await page.keyboard.type('hello @');
  await expect(left.getByRole('option')).toHaveText(['Left person']);
  await page.keyboard.press('Enter');
  await expect(left.locator('.ck-input')).toHaveText('hello @Left person ');
  await expect(right.locator('.ck-input')).toHaveText('@Right person ');
});

test('the line break after a Korean syllable sends, as in the plain box', async ({ page, server }) => {
  await mountTags(page, server.url);
  await box(page).click();
  await page.keyboard.type('안녕');
  await page.evaluate(() => {
    const place = window.harness.element().shadowRoot?.querySelector('.ck-input');
    const how = { bubbles: true, cancelable: true, composed: true };
    place?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, ...how }),
    );
    place?.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertLineBreak', ...how }));
  });
  await answered(page);
  expect(sent(server)).toEqual([[{ type: 'input_text', text: '안녕' }]]);
});
