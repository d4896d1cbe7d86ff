/** Recorded streams: the same page whatever the chunking of their bytes, and nothing happens while hostile text grows. */
import fs from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { say } from './helpers.ts';

const recording = (name: string) =>
  fs.readFileSync(new URL(`./fixtures/${name}.sse`, import.meta.url)).toString('base64');

/** Mounts the element anew, sends a message and plays a recording, in pieces of so many bytes. */
async function play(page: Page, stream: string, bytes: number, pause: number): Promise<void> {
  await page.evaluate(
    async ([stream, bytes, pause]) => {
      const all = Uint8Array.from(atob(stream), (char) => char.charCodeAt(0));
      const body = () => {
        let at = 0;
        return new ReadableStream<Uint8Array>({
          async pull(controller) {
            if (at >= all.length) return controller.close();
            controller.enqueue(all.slice(at, at + bytes));
            at += bytes;
            if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
          },
        });
      };
      const api = {
        url: 'https://recorded.example/chatkit',
        domainKey: 'local',
        fetch: async (_input: RequestInfo | URL, init?: RequestInit) =>
          String(init?.body).includes('"threads.create"')
            ? new Response(body(), { headers: { 'content-type': 'text/event-stream' } })
            : Response.json({ data: [], has_more: false }),
      };
      window.harness.unmount();
      window.harness.mount({ api, locale: 'en' });
    },
    [stream, bytes, pause] as const,
  );
  await say(page, 'Go on.');
}

/** The conversation as it is drawn, without the ids that are made anew each time. */
function drawn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const log = window.harness.element().shadowRoot?.querySelector('[role="log"]');
    return (log?.innerHTML ?? '').replace(/ data-turn="[^"]*"/g, '').replace(/_r_\w+_/g, '');
  });
}

async function finished(page: Page): Promise<void> {
  await page.getByRole('status').getByText('Response ready').waitFor({ state: 'attached', timeout: 60_000 });
}

test('draws the same whatever the chunking of the bytes', async ({ page }) => {
  test.setTimeout(120_000);
  await play(page, recording('answer'), 1_000_000, 0);
  await finished(page);
  await expect(page.locator('.ck-formula .katex')).toHaveCount(2);
  await expect(page.locator('.ck-code pre span').first()).toBeVisible();
  const whole = await drawn(page);
  expect(whole).toContain('👩‍👩‍👧');
  for (const [name, bytes] of [
    ['answer', 1],
    ['answer', 7],
    ['answer', 333],
    ['answer-crlf', 5],
  ] as const) {
    await play(page, recording(name), bytes, 0);
    await finished(page);
    await expect.poll(() => drawn(page), { message: `${name} by ${bytes}` }).toBe(whole);
  }
});

test('stays still while hostile text grows', async ({ page }) => {
  test.setTimeout(120_000);
  const strange: string[] = [];
  const frames = new Set<Frame>();
  page.on('request', (request) => {
    if (!/^(?:data:|blob:|http:\/\/(?:127\.0\.0\.1|localhost)[:/])/.test(request.url())) {
      strange.push(`request ${request.url()}`);
    }
  });
  page.on('dialog', (dialog) => strange.push(`dialog ${dialog.message()}`));
  page.on('framenavigated', (frame) => {
    // The frame for diagrams loads its own page; nothing in it may lead it away.
    const isFirst = frame.parentFrame() !== null && !frames.has(frame);
    frames.add(frame);
    if (isFirst && new URL(frame.url()).pathname === '/chatkit-diagram.html') return;
    strange.push(`navigation ${frame.url()}`);
  });
  page.on('popup', (popup) => strange.push(`popup ${popup.url()}`));
  // Looked at after every change, whatever is gone again later.
  await page.evaluate(() => {
    const bad: string[] = [];
    Object.assign(window, { bad });
    const look = () => {
      const root = document.querySelector('openai-chatkit')?.shadowRoot;
      for (const element of root?.querySelectorAll('.ck-md *') ?? []) {
        if (element.matches('script, iframe, object, embed, form, link, meta, style'))
          bad.push(element.tagName);
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on') || /^\s*javascript:/i.test(value)) bad.push(`${name}=${value}`);
          // Links may lead anywhere, once somebody follows them; nothing else may ask elsewhere.
          if (name === 'href') continue;
          if (name === 'style' ? /url|import/i.test(value) : /^(?:https?:)?\/\/evil/i.test(value)) {
            bad.push(`${name}=${value}`);
          }
        }
      }
    };
    const seen = new WeakSet<Node>();
    setInterval(() => {
      const root = document.querySelector('openai-chatkit')?.shadowRoot;
      if (root === null || root === undefined || seen.has(root)) return;
      seen.add(root);
      new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true });
    }, 1);
  });
  await play(page, recording('hostile'), 1_000, 20);
  await finished(page);
  await expect(page.locator('.ck-table').first()).toBeAttached();
  await expect(page.locator('.ck-formula .katex, .ck-formula .katex-error').first()).toBeAttached();
  await page.waitForTimeout(500);
  const { bad, hit } = await page.evaluate(() => {
    const { bad, hit } = window as unknown as { bad: string[]; hit?: number };
    return { bad, hit };
  });
  expect(hit).toBeUndefined();
  expect([...new Set(bad)]).toEqual([]);
  expect(strange).toEqual([]);
  // What is wide scrolls inside of itself.
  const wide = await page.evaluate(() => {
    const box = window.harness.element().shadowRoot?.querySelector('.ck-transcript .ck-scroll');
    return box == null ? 0 : box.scrollWidth - box.clientWidth;
  });
  expect(wide).toBeLessThanOrEqual(0);
});
