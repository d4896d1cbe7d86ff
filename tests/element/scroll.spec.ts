/** Where the transcript stands, and when it moves. */
import type { Page } from '@playwright/test';
import { answer, type FakeChatKit, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { mount, say } from './helpers.ts';

test.use({ viewport: { width: 900, height: 600 } });

/** Position of the scrolled box. */
function position(page: Page) {
  return page.evaluate(() => {
    const box = window.harness.element().shadowRoot?.querySelector('.ck-transcript .ck-scroll');
    if (!box) throw new Error('no transcript');
    return { top: box.scrollTop, fromEnd: box.scrollHeight - box.scrollTop - box.clientHeight };
  });
}

function longThread(server: FakeChatKit, turns: number) {
  const thread = server.addThread({ title: 'Long' });
  for (let n = 1; n <= turns; n += 1) {
    thread.items.push(
      userMessage(thread.id, `Question ${n}`),
      answer(thread.id, `Answer ${n}. ${'More words. '.repeat(30)}`),
    );
  }
  return thread;
}

test('opens a thread at its end', async ({ page, server }) => {
  const thread = longThread(server, 8);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 8.')).toBeInViewport();
  expect((await position(page)).fromEnd).toBeLessThan(2);
});

test('loads older items upwards without moving what is read', async ({ page, server }) => {
  const thread = longThread(server, 60);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 60.')).toBeInViewport();
  await expect(page.getByText('Answer 40.')).toHaveCount(0);
  await page.getByText('Question 47', { exact: true }).scrollIntoViewIfNeeded();
  const anchor = page.getByText('Question 47', { exact: true });
  // Scrolling near the start has asked for the page before; wait for it, then compare over the next one.
  await expect(page.getByText('Question 35', { exact: true })).toBeAttached();
  await expect(anchor).toBeInViewport();
  for (let n = 0; n < 12; n += 1) {
    await page.mouse.move(450, 300);
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(80);
  }
  await expect(page.getByText('Question 1', { exact: true })).toBeAttached();
  expect(await page.getByRole('article', { name: 'You' }).count()).toBe(60);
});

test('brings a new question to the top and then holds still while the answer grows', async ({
  page,
  server,
}) => {
  const thread = longThread(server, 6);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 6.')).toBeInViewport();
  await say(page, 'slow question');
  const question = page.getByRole('article', { name: 'You' }).last();
  await expect.poll(async () => (await question.boundingBox())?.y ?? 999).toBeLessThan(130);
  await page.waitForTimeout(400);
  const before = await position(page);
  await page.waitForTimeout(1200);
  const after = await position(page);
  expect(Math.abs(after.top - before.top)).toBeLessThan(2);
});

test('shows the way to the end when it is out of sight, and follows from there', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'slow question');
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  await expect(jump).toBeVisible({ timeout: 15_000 });
  expect((await position(page)).top).toBeLessThan(60);
  await jump.click();
  await expect(jump).toBeHidden();
  await page.waitForTimeout(800);
  expect((await position(page)).fromEnd).toBeLessThan(60);
});

test('draws less often what streams in out of sight', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'slow question');
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible({ timeout: 15_000 });
  const gaps = await page.locator('.ck-md').evaluate(async (text) => {
    const times: number[] = [];
    const observer = new MutationObserver(() => times.push(performance.now()));
    observer.observe(text, { subtree: true, childList: true, characterData: true });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    observer.disconnect();
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  });
  expect(gaps.length).toBeGreaterThan(5);
  expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeGreaterThan(70);
});

test('autoScroll follows the answer, and lets go when the reader scrolls up', async ({ page, server }) => {
  await mount(page, server.url, { thread: { autoScroll: true } });
  await say(page, 'slow question');
  await page.locator('.ck-transcript .ck-scroll').waitFor();
  await expect.poll(async () => (await position(page)).top, { timeout: 15_000 }).toBeGreaterThan(60);
  expect((await position(page)).fromEnd).toBeLessThan(60);
  await page.mouse.move(450, 300);
  await page.mouse.wheel(0, -400);
  await page.waitForTimeout(100);
  const before = await position(page);
  await page.waitForTimeout(600);
  const after = await position(page);
  expect(Math.abs(after.top - before.top)).toBeLessThan(2);
});

test('stays at the end while the message box grows', async ({ page, server }) => {
  const thread = longThread(server, 6);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 6.')).toBeInViewport();
  await page.getByRole('textbox', { name: 'Message' }).fill('one\ntwo\nthree\nfour\nfive\nsix');
  await expect.poll(async () => (await position(page)).fromEnd).toBeLessThan(2);
});
