/** Coming back to where one was reading, and what has come meanwhile. */
import type { Locator, Page } from '@playwright/test';
import { answer, type FakeChatKit, item, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, composer, mount, say } from './helpers.ts';

test.use({ viewport: { width: 900, height: 600 } });

function longThread(server: FakeChatKit, turns: number) {
  const thread = server.addThread({ title: 'Long' });
  for (let n = 1; n <= turns; n += 1) {
    thread.items.push(
      userMessage(thread.id, `Question ${n}`),
      answer(thread.id, `Answer ${n}. ${'More words. '.repeat(60)}`),
    );
  }
  return thread;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="500"><rect width="400" height="500"/></svg>';

const open = (page: Page, id: string | null) =>
  page.evaluate((thread) => window.harness.methods().setThreadId(thread), id);
const jump = (page: Page) => page.getByRole('button', { name: /Jump to latest/ });
const top = async (place: Locator) => Math.round((await place.boundingBox())?.y ?? -9_999);

async function scrollTo(page: Page, place: Locator) {
  await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await expect(jump(page)).toBeVisible();
}

test('a thread comes back at the place where it was left, another one at its end', async ({
  page,
  server,
}) => {
  const long = longThread(server, 40);
  const other = longThread(server, 5);
  await mount(page, server.url, { initialThread: long.id });
  await expect(page.getByText('Answer 40.')).toBeInViewport();
  // Some way up: more than the first page has to be there again.
  for (const n of [33, 28, 22]) {
    const answer = page.getByText(`Answer ${n}.`);
    await expect(answer).toBeAttached();
    await scrollTo(page, answer);
    await page.waitForTimeout(300);
  }
  const read = page.getByText('Answer 22.');
  await expect(read).toBeInViewport();
  const before = await top(read);

  await open(page, other.id);
  await expect(page.getByText('Answer 5.')).toBeInViewport();
  await open(page, long.id);
  await expect(read).toBeInViewport();
  await page.waitForTimeout(300);
  expect(Math.abs((await top(read)) - before)).toBeLessThanOrEqual(3);

  await jump(page).click();
  await expect(page.getByText('Answer 40.')).toBeInViewport();
  await expect(jump(page)).toBeHidden();
  await page.waitForTimeout(300);
  await open(page, other.id);
  await open(page, long.id);
  await expect(page.getByText('Answer 40.')).toBeInViewport();
});

test('the way to the end tells how much has come there; the reader is not moved', async ({
  page,
  server,
}) => {
  const thread = longThread(server, 8);
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 8.')).toBeInViewport();
  const read = page.getByText('Answer 3.');
  await scrollTo(page, read);
  await expect(jump(page)).toHaveAccessibleName('Jump to latest');
  await page.waitForTimeout(200);
  const before = await top(read);

  thread.items.push(answer(thread.id, 'Written elsewhere.'), answer(thread.id, 'And one more.'));
  await page.evaluate(() => window.harness.methods().fetchUpdates());
  await expect(jump(page)).toHaveAccessibleName('Jump to latest 2 new');
  expect(Math.abs((await top(read)) - before)).toBeLessThanOrEqual(2);
  await page.screenshot({ path: 'tests/artifacts/element/jump-unseen.png' });

  await jump(page).click();
  await expect(page.getByText('And one more.')).toBeInViewport();
  await expect(jump(page)).toBeHidden();
  await scrollTo(page, read);
  await expect(jump(page)).toHaveAccessibleName('Jump to latest');
});

test('what waits in the queue goes out without moving who reads further up', async ({ page, server }) => {
  const thread = longThread(server, 8);
  await mount(page, server.url, { initialThread: thread.id });
  await say(page, 'gate, first');
  await expect(page.getByText('A steady morning')).toBeVisible();
  await say(page, 'and second');
  const read = page.getByText('Answer 3.');
  await scrollTo(page, read);
  await page.waitForTimeout(300);
  const before = await top(read);
  server.openGate();
  await expect(page.getByText('You said: and second')).toBeAttached();
  await answered(page);
  expect(Math.abs((await top(read)) - before)).toBeLessThanOrEqual(2);
  await expect(jump(page)).toHaveAccessibleName('Jump to latest 1 new');
  // Who writes now is brought to the own question.
  await composer(page).fill('third');
  await composer(page).press('Enter');
  await expect(page.getByText('You said: third')).toBeInViewport();
});

test('a picture that comes late, and a list that opens, above do not move what is read', async ({
  page,
  server,
}) => {
  const thread = longThread(server, 12);
  const picture = new URL('/late.svg', server.url).href;
  const steps = item('workflow', thread.id, {
    workflow: {
      ...{ type: 'custom', expanded: false, summary: { title: 'Looked around' } },
      tasks: Array.from({ length: 12 }, (_, n) => ({ type: 'custom', title: `Step ${n}`, content: 'Done.' })),
    },
  });
  thread.items.splice(
    10,
    0,
    userMessage(thread.id, 'Show me'),
    steps,
    answer(thread.id, `![map](${picture})`),
  );
  Object.assign(thread, { allowed_image_domains: ['127.0.0.1'] });
  server.serve('/late.svg', 'image/svg+xml', SVG);
  const gate = Promise.withResolvers<void>();
  await page.route('**/late.svg', async (route) => {
    await gate.promise;
    await route.continue();
  });
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.getByText('Answer 12.')).toBeInViewport();
  const read = page.getByText('Answer 6.');
  await scrollTo(page, read);
  await page.waitForTimeout(300);
  const before = await top(read);

  const image = page.getByRole('img', { name: 'map' });
  await expect(image).toBeAttached();
  const height = () => image.evaluate((element) => element.getBoundingClientRect().height);
  const small = await height();
  gate.resolve();
  await expect.poll(height).toBeGreaterThan(small + 200);
  await page.waitForTimeout(200);
  expect(Math.abs((await top(read)) - before)).toBeLessThanOrEqual(3);

  // As the server may do it while one reads further down.
  await page.locator('.ck-response details').evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  await expect(page.getByText('Step 11')).toBeAttached();
  await page.waitForTimeout(300);
  expect(Math.abs((await top(read)) - before)).toBeLessThanOrEqual(3);
});
