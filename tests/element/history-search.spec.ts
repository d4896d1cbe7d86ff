/** The search above the history: what it finds, where a result leads, and what a host may answer. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { answer, type FakeChatKit, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { composer, errors, mount, say } from './helpers.ts';

/** What the host of these tests was asked, and what it answers. */
interface Finds {
  asked: string[];
  aborted: string[];
  /** Rows by query; 'fail' rejects, a query that is not there finds nothing. */
  answers: Record<string, unknown>;
  /** Queries whose answers wait until `release` is called. */
  held: Record<string, () => void>;
}
declare global {
  interface Window {
    finds: Finds;
    /** Ids of the items that had a frame for a moment. */
    framed: (string | null)[];
  }
}

async function mountSearch(
  page: Page,
  url: string,
  answers: Record<string, unknown>,
  extra: Record<string, unknown> = {},
) {
  await page.evaluate(
    ([url, answers, extra]) => {
      window.finds = { asked: [], aborted: [], answers, held: {} };
      const search = {
        async find(query: string, { signal }: { signal: AbortSignal }) {
          window.finds.asked.push(query);
          signal.addEventListener('abort', () => window.finds.aborted.push(query));
          if (query.startsWith('slow')) {
            // Deaf to its signal: its answer comes all the same.
            await new Promise<void>((resolve) => {
              window.finds.held[query] = resolve;
            });
          }
          const found = window.finds.answers[query];
          if (found === 'fail') throw Object.assign(new Error('search is down'), { status: 503 });
          return found ?? [];
        },
      };
      const options = { api: { url, domainKey: 'local' }, locale: 'en', ...extra, search };
      window.harness.mount(options as never);
    },
    [url, answers, extra] as const,
  );
  await page.getByRole('button', { name: 'History', exact: true }).click();
}

function longThread(server: FakeChatKit, title: string, turns: number) {
  const thread = server.addThread({ title, ageDays: 3 });
  for (let n = 1; n <= turns; n += 1) {
    thread.items.push(
      userMessage(thread.id, `Question ${n}`),
      answer(thread.id, `Answer ${n}. ${'More words. '.repeat(60)}`),
    );
  }
  return thread;
}

type Thread = ReturnType<typeof longThread>;

/** A result that leads to the item whose text holds `text`. */
function row(thread: Thread, text?: string) {
  const at = text === undefined ? -1 : thread.items.findIndex((each) => JSON.stringify(each).includes(text));
  return {
    threadId: thread.id,
    title: thread.title ?? null,
    createdAt: thread.created_at,
    itemId: at < 0 ? null : thread.items[at]?.id,
    itemsAfter: at < 0 ? 0 : thread.items.length - 1 - at,
    excerpt: [
      { text: '… where the tulips stand, and ', match: false },
      { text: 'water', match: true },
      { text: ' them in the morning, before the sun is over the wall …', match: false },
    ],
  };
}

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search conversations' });
const results = (page: Page) => page.locator('.ck-found-open');
const asked = (page: Page) => page.evaluate(() => window.finds.asked);
const said = (page: Page, text: string) =>
  expect(page.locator('.ck > .ck-hidden[role=status]')).toContainText(text);

test('without the option there is no search', async ({ page, server }) => {
  server.addThread({ title: 'Garden' });
  await mount(page, server.url);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Garden/ })).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await expect(page.getByRole('search')).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`what is found is shown with the words around it, in ${scheme}`, async ({ page, server }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 900, height: 600 });
    const one = longThread(server, 'A garden for the south wall', 2);
    const two = longThread(server, 'Holidays', 1);
    const bare = { ...row(longThread(server, '', 1)), title: null, excerpt: [] };
    await mountSearch(
      page,
      server.url,
      { water: [row(one), row(two), bare] },
      { theme: scheme, initialThread: two.id },
    );
    await expect(page.getByRole('button', { name: /^Holidays/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/search-empty-${scheme}.png` });
    await field(page).fill(' water');
    await expect(results(page)).toHaveCount(3);
    await expect(page.getByRole('heading', { name: '3 conversations found' })).toBeVisible();
    await said(page, '3 conversations found');
    await expect(results(page).first().locator('mark')).toHaveText('water');
    await expect(results(page).nth(2)).toContainText('Untitled conversation');
    expect(await asked(page)).toEqual(['water']);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/search-${scheme}.png` });
    await field(page).fill('wine');
    await expect(page.getByText('Nothing matches “wine”. Try other words, or fewer.')).toBeVisible();
    await said(page, 'No conversation found');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/search-none-${scheme}.png` });
  });
}

test('a result opens its thread at the message, and the search is there again on the way back', async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const long = longThread(server, 'Long', 40);
  const longest = longThread(server, 'Longest', 120);
  await mountSearch(page, server.url, {
    water: [row(long, 'Answer 22.'), row(longest, 'Question 31"'), row(longThread(server, 'Usual', 9))],
  });
  const top = async (text: string) => (await page.getByText(text).boundingBox())?.y ?? -1;
  const back = async () => {
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await expect(field(page)).toHaveValue('water');
    await expect(results(page)).toHaveCount(3);
  };
  await page.evaluate(() => {
    window.framed = [];
    const { animate } = Element.prototype;
    Element.prototype.animate = function (this: Element, frames, how) {
      if (typeof how === 'object' && how.id === 'ck-found')
        window.framed.push(this.getAttribute('data-item'));
      return animate.call(this, frames, how);
    };
  });
  await field(page).fill('water');
  await page.getByRole('button', { name: /^Long .*tulips/ }).click();
  await expect(page.getByText('Answer 22.')).toBeInViewport();
  await expect(composer(page)).toBeFocused();
  // At the top of the window, below the header.
  await expect.poll(() => top('Answer 22.')).toBeLessThan(120);
  await expect(page.getByRole('button', { name: /Jump to latest/ })).toBeVisible();

  const item = await page
    .getByText('Answer 22.')
    .evaluate((text) => text.closest('[data-item]')?.getAttribute('data-item'));
  expect(await page.evaluate(() => window.framed), 'the eye finds it').toEqual([item]);
  await page.screenshot({ path: 'tests/artifacts/element/search-opened.png' });

  // The thread that is open already, from another place in it.
  await page.getByRole('button', { name: /Jump to latest/ }).click();
  await expect(page.getByText('Answer 40.')).toBeInViewport();
  await back();
  await page.getByRole('button', { name: /^Long .*tulips/ }).click();
  await expect(page.getByText('Answer 22.')).toBeInViewport();
  await page.waitForTimeout(300);
  expect(await top('Answer 22.')).toBeLessThan(120);

  // Further back than a thread is read at once.
  await back();
  await page.getByRole('button', { name: /^Longest/ }).click();
  await expect(page.getByText('Question 31', { exact: true })).toBeInViewport();
  await page.waitForTimeout(300);
  expect(await top('Answer 31.')).toBeLessThan(300);
  await back();
  await page.getByRole('button', { name: /^Usual/ }).click();
  await expect(page.getByText('Answer 9.')).toBeInViewport();
});

test('a thread that is answering opens at the message too', async ({ page, server }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const long = longThread(server, 'Long', 40);
  await mountSearch(page, server.url, { water: [row(long, 'Answer 6.')] }, { initialThread: long.id });
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await say(page, 'gate, please');
  await expect(page.getByText('A steady morning')).toBeVisible();
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await field(page).fill('water');
  await results(page).click();
  await expect(page.getByText('Answer 6.')).toBeInViewport();
  server.openGate();
  await expect(page.getByRole('button', { name: 'Stop responding' })).toHaveCount(0);
  await expect(page.getByText('Answer 6.')).toBeInViewport();
});

test('a search that fails says so, and can be tried again', async ({ page, server }) => {
  const thread = longThread(server, 'Garden', 1);
  await mountSearch(page, server.url, { water: 'fail', odd: 'nonsense' });
  await field(page).fill('odd');
  await expect(page.getByRole('alert')).toContainText('could not be understood');
  await field(page).fill('water');
  await expect(page.getByRole('alert')).toContainText('The search did not work');
  await expect(page.getByRole('alert')).toContainText('The server refused the request.');
  expect(await violations(page)).toEqual([]);
  await page.evaluate(
    (found) => {
      window.finds.answers.water = found;
    },
    [row(thread)],
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(results(page)).toHaveCount(1);
  await said(page, '1 conversation found');
});

test('Escape empties the field first, then leaves the history', async ({ page, server }) => {
  const thread = longThread(server, 'Garden', 1);
  await mountSearch(page, server.url, { water: [row(thread)] });
  await field(page).fill('water');
  await expect(results(page)).toHaveCount(1);
  await field(page).press('Escape');
  await expect(field(page)).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Delete “Garden”' })).toBeAttached();
  await field(page).fill('water');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('');
  await field(page).press('Escape');
  await expect(composer(page)).toBeFocused();
  await expect(field(page)).toHaveCount(0);
});

test('arrow keys move between the field and the results', async ({ page, server }) => {
  const threads = ['One', 'Two'].map((title) => longThread(server, title, 1));
  for (const locale of ['en', 'ar']) {
    await page.evaluate(() => window.harness.unmount());
    await mountSearch(page, server.url, { water: threads.map((thread) => row(thread)) }, { locale });
    await field(page).press('ArrowDown');
    await expect(field(page)).toBeFocused();
    await field(page).fill('water');
    await expect(results(page)).toHaveCount(2);
    await page.keyboard.press('ArrowDown');
    await expect(results(page).nth(0)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(results(page).nth(1)).toBeFocused();
    if (locale === 'ar') await page.screenshot({ path: 'tests/artifacts/element/search-rtl.png' });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Answer 1.')).toBeInViewport();
  }
});

test('an answer that comes late is dropped, and what was found stays until the next', async ({
  page,
  server,
}) => {
  const [old, late, next] = ['Old', 'Late', 'Next'].map((title) => row(longThread(server, title, 1)));
  await mountSearch(page, server.url, { slow: [late], 'slow 2': [next], water: [old] });
  const release = (query: string) => page.evaluate((each) => window.finds.held[each]?.(), query);
  await field(page).fill('slow');
  await expect(page.getByRole('status', { name: 'Searching…' })).toBeVisible();
  await expect.poll(() => asked(page)).toEqual(['slow']);
  await field(page).fill('water');
  await expect(page.getByRole('button', { name: /^Old/ })).toBeVisible();
  expect(await page.evaluate(() => window.finds.aborted)).toEqual(['slow']);
  await release('slow');
  await field(page).fill('slow 2');
  await expect(page.getByRole('region', { name: 'Search results' })).toHaveAttribute('aria-busy', 'true');
  await expect.poll(() => asked(page)).toEqual(['slow', 'water', 'slow 2']);
  await expect(results(page)).toHaveText(/^Old/);
  await release('slow 2');
  await expect(results(page)).toHaveText(/^Next/);
  await expect(page.getByRole('region', { name: 'Search results' })).toHaveAttribute('aria-busy', 'false');
  await field(page).fill('s');
  await expect(page.getByRole('button', { name: 'Delete “Old”' })).toBeAttached();
  expect(await errors(page)).toEqual([]);
});

test('hostile texts stay text', async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const thread = longThread(server, 'Garden', 1);
  const evil = '<img src=x onerror="window.harness.errors.push(1)"><b>bold</b>';
  const rows = [
    { ...row(thread), title: evil, excerpt: [{ text: evil, match: true }] },
    {
      ...row(thread),
      threadId: 'bidi',
      title: '\u202Eesrever \u2067',
      excerpt: [{ text: '\u202Etxet desrever', match: false }],
    },
    {
      ...row(thread),
      threadId: 'long',
      title: 'x'.repeat(100_000),
      createdAt: 'never',
      excerpt: [{ text: 'y'.repeat(100_000), match: true }],
    },
    ...[null, 'row', { threadId: 7 }, { ...row(thread), threadId: 'wrong', itemsAfter: 'many' }],
  ];
  await mountSearch(page, server.url, { water: rows });
  await field(page).fill('water');
  await expect(results(page)).toHaveCount(3);
  await expect(results(page).first()).toContainText('<b>bold</b>');
  await expect(page.locator('.ck-history img, .ck-history b')).toHaveCount(0);
  const box = page.locator('.ck-scroll:has(.ck-history)');
  expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  const heights = await results(page).evaluateAll((all) => all.map((each) => each.clientHeight));
  for (const height of heights) {
    expect(height).toBeGreaterThanOrEqual(44);
    expect(height).toBeLessThan(120);
  }
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: 'tests/artifacts/element/search-narrow.png' });
  await field(page).fill(evil);
  await expect(page.getByText('Nothing matches')).toContainText(evil);
  expect(await errors(page)).toEqual([]);
});

test('marks stand out in the colours of the system too', async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await mountSearch(page, server.url, { water: [row(longThread(server, 'Garden', 1))] });
  await field(page).fill('water');
  const mark = results(page).locator('mark');
  const background = (each: Element) => getComputedStyle(each).backgroundColor;
  expect(await mark.evaluate(background)).not.toBe(await results(page).evaluate(background));
  await page.screenshot({ path: 'tests/artifacts/element/search-forced-colors.png' });
});
