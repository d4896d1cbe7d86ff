/** Diagrams: drawn in a frame that reaches nothing, shown as images; their code stays at hand. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { answer, type FakeChatKit, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { answered, mount, say } from './helpers.ts';

const fence = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;
const FLOW = `flowchart LR
  accTitle: How a turn flows
  accDescr: The person asks, Foyer saves and asks the model, the answer streams back.
  P([Person]) --> F{Foyer}
  F -->|saves| D[(History)]
  F -->|asks| M[Model]
  M -.->|streams| P`;
const SEQUENCE = `sequenceDiagram
  Ada->>Foyer: What is a foyer?
  Foyer->>Model: the question
  Model-->>Foyer: the answer
  Foyer-->>Ada: word by word`;

async function open(page: Page, server: FakeChatKit, text: string, options: object = {}) {
  const thread = server.addThread({ title: 'Diagrams' });
  thread.items.push(userMessage(thread.id, 'Draw it.'), answer(thread.id, text));
  await mount(page, server.url, { initialThread: thread.id, ...options });
  await expect(page.locator('.ck-md').first()).toBeVisible();
}
const drawn = (page: Page) => page.locator('.ck-diagram-body img');

for (const scheme of ['light', 'dark'] as const) {
  test(`draws what it is given, with its code at hand: ${scheme}`, async ({ page, server }) => {
    await open(page, server, `A turn:\n\n${fence(FLOW)}\n\n${fence(SEQUENCE)}\n\nThat is all.`, {
      theme: scheme,
    });
    await expect(drawn(page)).toHaveCount(2);
    const first = drawn(page).first();
    await expect(first).toHaveAttribute('alt', /^The person asks/);
    await expect(page.getByText('How a turn flows')).toBeVisible();
    const size = await first.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    expect(Math.min(...size)).toBeGreaterThan(50);
    await page.screenshot({ path: `tests/artifacts/element/diagrams-${scheme}.png` });
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Show the code' }).first().click();
    await expect(page.locator('.ck-diagram').first().locator('pre')).toContainText('flowchart LR');
    await page.getByRole('button', { name: 'Show the diagram', exact: true }).first().click();
    await expect(drawn(page)).toHaveCount(2);

    const larger = page.getByRole('button', { name: 'Show the diagram larger' }).first();
    await larger.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'How a turn flows' });
    await expect(dialog.locator('img')).toBeVisible();
    await page.screenshot({ path: `tests/artifacts/element/diagram-large-${scheme}.png` });
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(larger).toBeFocused();
  });
}

test('shows the code where there is no diagram in it, and says so', async ({ page, server }) => {
  await open(page, server, `${fence('flowchart LR\n  A -- oops')}\n\n${fence(SEQUENCE)}`);
  await expect(page.getByText('This diagram could not be drawn.')).toBeVisible();
  await expect(page.locator('.ck-diagram').first().locator('pre').first()).toContainText('oops');
  await expect(drawn(page)).toHaveCount(1);
  await page.getByText('Details').click();
  await expect(page.locator('.ck-diagram-note pre')).toContainText(/error/i);
  await page.screenshot({ path: 'tests/artifacts/element/diagram-failed.png' });
  expect(await violations(page)).toEqual([]);
});

test('draws only what comes near, and takes the frame away afterwards', async ({ page, server }) => {
  await page.clock.install();
  const filler = Array.from({ length: 120 }, (_, line) => `Paragraph ${line}.`).join('\n\n');
  await open(page, server, `${fence(FLOW)}\n\n${filler}`);
  await expect(page.getByText('Paragraph 119.')).toBeInViewport();
  expect(await page.locator('.ck-diagram-frame').count()).toBe(0);
  await page.getByText('Paragraph 2.', { exact: true }).scrollIntoViewIfNeeded();
  await expect(drawn(page)).toHaveCount(1);
  await expect(page.locator('.ck-diagram-frame')).toHaveCount(1);
  await page.clock.runFor(31_000);
  await expect(page.locator('.ck-diagram-frame')).toHaveCount(0);
  await expect(drawn(page)).toHaveCount(1);
});

test('gives up a frame that never answers, and goes on with the next diagram', async ({ page, server }) => {
  await page.clock.install();
  await page.route('**/chatkit-diagram.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Nothing</title>' }),
  );
  await open(page, server, fence(FLOW));
  await expect(page.locator('.ck-diagram-frame')).toHaveCount(1);
  await page.clock.runFor(10_500);
  await expect(page.getByText('Diagrams cannot be drawn on this page.')).toBeVisible();
  await expect(page.locator('.ck-diagram pre')).toContainText('flowchart LR');
});

const HOSTILE = [
  'flowchart LR\n  A["<img src=x onerror=parent.hit=1><script>parent.hit=1</script>"] --> B',
  'flowchart LR\n  A --> B\n  click A "javascript:top.hit=1" "tip"\n  click B href "https://evil.example/x"',
  'flowchart LR\n  A --> B\n  click A call alert(1)',
  '%%{init: {"securityLevel": "loose", "themeCSS": "* { background: url(https://evil.example/css) }"}}%%\nflowchart LR\n  A --> B',
  '---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n  themeCSS: "@import url(https://evil.example/i)"\n---\nflowchart LR\n  A["<iframe src=https://evil.example/f></iframe>"] --> B',
  'flowchart LR\n  A@{ img: "https://evil.example/pixel.png", label: "x" } --> B',
  'flowchart LR\n  A --> B\n  style A fill:url(https://evil.example/fill)',
  'classDiagram\n  class A["</style><svg onload=parent.hit=1>"]\n  link A "https://evil.example/l"',
  'sequenceDiagram\n  participant A\n  link A: Go @ javascript:top.hit=1\n  A->>A: <b onmouseover=hit=1>x</b>',
];

test('hostile diagrams: nothing runs, nothing is asked for, nothing leaves', async ({ page, server }) => {
  test.setTimeout(90_000);
  const own = new Set([new URL(page.url()).origin, new URL(server.url).origin]);
  const isElsewhere = (address: string) =>
    !own.has(new URL(address).origin) && !/^(?:data|blob):/.test(address);
  const elsewhere: string[] = [];
  const refused: string[] = [];
  page.on('requestfinished', (request) => void (isElsewhere(request.url()) && elsewhere.push(request.url())));
  page.on('requestfailed', (request) => {
    if (!isElsewhere(request.url())) return;
    // Told of by the browser, but never sent.
    (request.failure()?.errorText === 'csp' ? refused : elsewhere).push(request.url());
  });
  const before = page.url();
  await page.evaluate(() => Object.assign(window, { hit: 0 }));
  await open(page, server, HOSTILE.map(fence).join('\n\n'));
  const blocks = page.locator('.ck-diagram');
  for (let index = 0; index < HOSTILE.length; index += 1) {
    await blocks.nth(index).scrollIntoViewIfNeeded();
    await expect(blocks.nth(index).locator('img, .ck-diagram-note').first()).toBeVisible();
  }
  await page.mouse.move(400, 300);
  // The drawings are images: no node of theirs is in the page.
  expect(await page.locator('.ck-diagram svg:not(.ck-icon), .ck-diagram iframe').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBe(0);
  expect(elsewhere).toEqual([]);
  expect(refused).toEqual(['https://evil.example/pixel.png']);
  expect(page.url()).toBe(before);
  expect(page.context().pages()).toHaveLength(1);
});

test('draws nothing of what still streams', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, `echo Here:\n\n${fence(FLOW)}\n\nand more.`);
  await expect(page.locator('.ck-diagram pre')).toContainText('flowchart');
  expect(await page.locator('.ck-diagram-frame').count()).toBe(0);
  server.openGate();
  await answered(page);
  await expect(drawn(page)).toHaveCount(1);
});
