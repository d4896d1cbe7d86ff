/** axe on every state in both schemes, and what axe cannot see: focus and announcements. */
import { violations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`no violations in ${scheme}: start, answer, error, history, dialog`, async ({ page, server }) => {
    server.addThread({ title: 'Garden plan', ageDays: 3 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await mount(page, server.url, {
      theme: scheme,
      startScreen: { prompts: [{ label: 'Say hi', prompt: 'hi', icon: 'bolt' }] },
      disclaimer: { text: 'Check **important** facts.' },
      threadItemActions: { feedback: true, retry: true },
    });
    await composer(page).waitFor();
    expect(await violations(page)).toEqual([]);
    await say(page, 'long plan');
    await answered(page);
    expect(await violations(page)).toEqual([]);
    await say(page, 'steps please');
    await answered(page);
    await say(page, 'error please');
    await page.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('button', { name: /^Garden plan/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete “Garden plan”' }).click();
    expect(await violations(page)).toEqual([]);
  });
}

test('focus is not taken when a response ends, and lands in the box when the host asks', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await say(page, 'hello');
  await page.getByRole('button', { name: 'History' }).focus();
  await answered(page);
  await expect(page.getByRole('button', { name: 'History' })).toBeFocused();
  await page.evaluate(() => {
    const element = window.harness.element();
    element.blur();
    element.focus();
  });
  await expect(composer(page)).toBeFocused();
});

test('a click between the controls does not send the focus to the first of them', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await composer(page).waitFor();
  await page.mouse.click(300, 120);
  const focused = await page.evaluate(
    () => window.harness.element().shadowRoot?.activeElement?.tagName ?? 'none',
  );
  expect(focused).not.toBe('BUTTON');
});

test('words of the answer are never announced, only its beginning and its end', async ({ page, server }) => {
  await mount(page, server.url);
  await composer(page).waitFor();
  await page.evaluate(() => {
    const status = window.harness.element().shadowRoot?.querySelector('[role=status]');
    const said: string[] = [];
    Object.assign(window, { said });
    if (status)
      new MutationObserver(() => said.push(status.textContent ?? '')).observe(status, {
        subtree: true,
        childList: true,
        characterData: true,
      });
  });
  await say(page, 'long plan');
  await answered(page);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said).toEqual(['Responding…', 'Response ready']);
  await expect(page.getByRole('log')).toHaveAttribute('aria-live', 'off');
});

test('works at 320 px without scrolling sideways', async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await mount(page, server.url);
  await say(page, 'long plan');
  await answered(page);
  const overflow = await page.evaluate(() => {
    const box = window.harness.element().shadowRoot?.querySelector('.ck-transcript .ck-scroll');
    return box ? box.scrollWidth - box.clientWidth : -1;
  });
  expect(overflow).toBe(0);
});
