/** How people have set up their computer: larger text, less motion, own colours, a window that nobody sees. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { answer, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

/** How far the page, and each box of the chat that should not, can be scrolled sideways. */
function overflow(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const root = window.harness.element().shadowRoot;
    const boxes = [document.documentElement, ...(root?.querySelectorAll('.ck, .ck-scroll, .ck-foot') ?? [])];
    return boxes.map((box) => box.scrollWidth - box.clientWidth);
  });
}

test('at 200 % of the size everything is there and nothing is cut off', async ({ page, server, context }) => {
  server.addThread({ title: 'Garden plan', ageDays: 2 });
  await mount(page, server.url, {
    threadItemActions: { feedback: true, retry: true },
    composer: {
      attachments: { enabled: true },
      tools: [{ id: 'web', label: 'Search the web', icon: 'globe' }],
    },
    disclaimer: { text: 'Check **important** facts.' },
  });
  // Zooming a window of 1280 by 800 in a browser leaves 640 by 400 of the page's own pixels.
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setDeviceMetricsOverride', {
    ...{ width: 640, height: 400, deviceScaleFactor: 2, mobile: false },
  });
  await say(page, 'long plan');
  await answered(page);
  expect((await overflow(page)).every((far) => far <= 0)).toBe(true);
  for (const name of ['Send message', 'New chat', 'History']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  // What is asked and what is written can both be seen.
  const log = await page.getByRole('log').locator('xpath=..').boundingBox();
  expect(log?.height).toBeGreaterThan(120);
  await page.screenshot({ path: 'tests/artifacts/element/zoom.png' });
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await page.getByRole('button', { name: 'Delete “Garden plan”' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Delete' })).toBeInViewport({ ratio: 1 });
  expect((await overflow(page)).every((far) => far <= 0)).toBe(true);
});

test('text twice as large in the theme of the page leaves room for the words', async ({ page, server }) => {
  await mount(page, server.url, { theme: { colorScheme: 'light', typography: { baseSize: 18 } } });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await say(page, 'long plan');
  await answered(page);
  expect((await overflow(page)).every((far) => far <= 0)).toBe(true);
});

test('with less motion nothing moves by itself, and jumps are jumps', async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const thread = server.addThread({ title: 'Long' });
  for (let n = 1; n <= 20; n += 1) {
    thread.items.push(userMessage(thread.id, `Question ${n}`), answer(thread.id, 'More words. '.repeat(40)));
  }
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Question 20')).toBeAttached();
  await say(page, 'gate, please');
  await expect(page.getByText('A steady morning')).toBeVisible();
  const moving = await page.evaluate(() => {
    const root = window.harness.element().shadowRoot;
    return (root?.getAnimations() ?? [])
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => effect?.getComputedTiming())
      .filter((timing) => Number(timing?.activeDuration) > 100);
  });
  expect(moving).toEqual([]);
  const tops = await page.evaluate(async () => {
    const root = window.harness.element().shadowRoot;
    const box = root?.querySelector('.ck-transcript .ck-scroll');
    if (!box) throw new Error('no transcript');
    box.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    root?.querySelector<HTMLElement>('.ck-jump')?.click();
    return box.scrollHeight - box.clientHeight - box.scrollTop;
  });
  expect(tops).toBeLessThan(2);
  server.openGate();
  await answered(page);
});

test('in the colours of the system, what can be used and where the focus is can be seen', async ({
  page,
  server,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await mount(page, server.url, {
    theme: { colorScheme: 'light', color: { accent: { primary: '#ffe600', level: 2 } } },
    threadItemActions: { feedback: true },
    composer: { models: [{ id: 'a', label: 'Model A' }] },
  });
  await say(page, 'steps please');
  await answered(page);
  expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
  const rate = page.getByRole('button', { name: 'Good response' });
  await rate.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(rate).toBeFocused();
  const ring = await rate.evaluate((button) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(button);
    return { outlineStyle, outlineWidth };
  });
  expect(ring.outlineStyle).not.toBe('none');
  expect(Number.parseFloat(ring.outlineWidth)).toBeGreaterThanOrEqual(2);
  // A chosen thumb differs by more than a colour that is taken away.
  const looks = () =>
    rate.evaluate((button) => {
      const { backgroundColor, color, borderTopStyle } = getComputedStyle(button);
      const icon = button.querySelector('svg');
      return JSON.stringify([backgroundColor, color, borderTopStyle, icon && getComputedStyle(icon).fill]);
    });
  const before = await looks();
  await rate.click();
  await expect(rate).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.move(0, 0);
  expect(await looks()).not.toBe(before);
  // The box one writes into, and what sends, have edges that stay.
  for (const selector of ['.ck-composer', '.ck-send', '.ck-bubble']) {
    const edge = await page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const style = getComputedStyle(element);
        return { border: style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) > 0 };
      });
    expect([selector, edge.border]).toEqual([selector, true]);
  }
  await page.screenshot({ path: 'tests/artifacts/element/forced-colors.png' });
  expect(await violations(page)).toEqual([]);
});

test('a window that is not drawn goes on: text, end and queue arrive without a frame', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await composer(page).waitFor();
  await page.evaluate(() => {
    // What hidden windows do: frames do not come, and the page knows.
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await say(page, 'gate, please');
  await expect(page.getByText('A steady morning')).toBeAttached();
  await say(page, 'and then?');
  server.openGate();
  await expect(page.getByText('to check the sum')).toBeAttached();
  await expect(page.getByText('You said: and then?')).toBeAttached();
  await answered(page);
});
