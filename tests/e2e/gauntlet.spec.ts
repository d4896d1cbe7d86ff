/**
 * The gauntlet, the page's half: hostile texts in every place where a text can come from, through the real app in a real
 * browser. Answers grow by one character at a time, all of them at once, and each state is drawn and looked at.
 */
import type { Page } from '@playwright/test';
import { signIn } from '../support/client.ts';
import { ADMINISTRATOR, composer, expect, send, signInAs, test as withFoyer } from './fixtures.ts';
import { eventsWith, itemsWith, STREAMED, STRINGS } from './gauntlet-payloads.ts';
import { inspectChat, setTripwires } from './tripwires.ts';

/** The page of `fixtures.ts` would forgive what a tripwire does not. */
const test = withFoyer.extend({
  page: async ({ browser }, use) => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await use(page);
    await page.close();
  },
});

type Json = Record<string, unknown>;

/** How the answers of the server are replaced, in the page. */
interface Stage {
  push(events: readonly Json[], cutAt: number): void;
  end(): void;
}

/** From now on the chat talks to the test. What it keeps beside messages is taken, and nothing is there. */
async function takeTheStage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const encoder = new TextEncoder();
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const stage: Stage = {
      push: (events, cutAt) => {
        const bytes = encoder.encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
        const at = bytes.length === 0 ? 0 : cutAt % bytes.length;
        // Cut anywhere, also within a character.
        for (const piece of [bytes.slice(0, at), bytes.slice(at)])
          if (piece.length > 0) controller?.enqueue(piece);
      },
      end: () => controller?.close(),
    };
    Object.assign(window, { stage });
    const server = window.fetch;
    window.fetch = async (input, init) => {
      const { pathname } = new URL(String(input instanceof Request ? input.url : input), location.href);
      if (pathname.startsWith('/api/drafts')) return new Response(null, { status: 204 });
      if (pathname !== '/api/chatkit') return server(input, init);
      if (!/"threads\.(?:create|add_user_message)"/.test(String(init?.body)))
        return Response.json({ data: [], has_more: false });
      const body = new ReadableStream<Uint8Array>({
        start: (given) => {
          controller = given;
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
  });
}

const thread = (title: string) => ({
  id: 'thr_gauntlet',
  title,
  created_at: '2026-01-01T00:00:00Z',
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
});
const push = (page: Page, events: readonly Json[]) =>
  page.evaluate((given) => (window as unknown as { stage: Stage }).stage.push(given, 0), events);
const end = (page: Page) => page.evaluate(() => (window as unknown as { stage: Stage }).stage.end());

test('every prefix of every payload is drawn, and nothing happens', async ({ connected, page }) => {
  test.setTimeout(180_000);
  const { tripped } = await setTripwires(page, new URL(connected.url).origin);
  await signInAs(page, connected.url, ADMINISTRATOR);
  await takeTheStage(page);
  await send(page, 'Go on.');
  const texts = Object.values(STREAMED).flat();
  const steps = Math.max(...texts.map((text) => text.length));
  const items = ['s'.repeat(steps), ...texts].map((text, index) => ({ id: `p${index}`, text }));
  const message = (id: string, text: string) => ({
    type: 'assistant_message',
    id,
    thread_id: 'thr_gauntlet',
    created_at: '2026-01-01T00:00:00Z',
    content: [{ type: 'output_text', text, annotations: [] }],
  });
  await push(page, [
    { type: 'thread.created', thread: thread('Prefixes') },
    ...items.map(({ id }) => ({ type: 'thread.item.added', item: message(id, '') })),
  ]);
  await page.evaluate(`window.inspectChat = ${inspectChat.toString()}`);
  const seen = await page.evaluate(
    async ([items, steps]) => {
      const { stage, inspectChat } = window as unknown as { stage: Stage; inspectChat(): string[] };
      /** The first item is nothing but as many letters as there were steps: it shows that a step has been drawn. */
      const shown = () =>
        document
          .querySelector('openai-chatkit')
          ?.shadowRoot?.querySelector('[data-item="p0"]')
          ?.textContent?.match(/s/g)?.length ?? 0;
      const bad = new Set<string>();
      let drawn = 0;
      for (let step = 0; step < steps; step += 1) {
        const growing = items.filter(({ text }) => step < text.length);
        const events = growing.map(({ id, text }) => ({
          type: 'thread.item.updated',
          item_id: id,
          update: {
            type: 'assistant_message.content_part.text_delta',
            content_index: 0,
            delta: text.charAt(step),
          },
        }));
        stage.push(events, step * 131);
        const until = performance.now() + 10_000;
        while (shown() < step + 1 && performance.now() < until)
          await new Promise((done) => setTimeout(done, 4));
        if (shown() === step + 1) drawn += 1;
        for (const each of inspectChat()) bad.add(each);
      }
      return { drawn, bad: [...bad] };
    },
    [items, steps] as const,
  );
  expect(seen).toEqual({ drawn: steps, bad: [] });
  await push(
    page,
    items.map(({ id, text }) => ({ type: 'thread.item.done', item: message(id, text) })),
  );
  await end(page);
  await expect(page.locator('.ck-formula .katex, .ck-formula .katex-error').first()).toBeAttached();
  await expect(page.locator('.ck-diagram').first()).toBeAttached();
  // Diagrams are drawn one after the other; each ends as a picture or as its code.
  await expect(page.locator('.ck-diagram-body img').first()).toBeVisible({ timeout: 30_000 });
  await page.waitForTimeout(4_000);
  expect(await page.evaluate(inspectChat)).toEqual([]);
  expect(tripped).toEqual([]);
});

test('texts in every place of the protocol stay texts', async ({ connected, page }) => {
  test.setTimeout(180_000);
  const { tripped } = await setTripwires(page, new URL(connected.url).origin);
  await signInAs(page, connected.url, ADMINISTRATOR);
  await takeTheStage(page);
  await send(page, 'Go on.');
  for (const [index, text] of STRINGS.entries()) {
    const items = itemsWith(text, index);
    const events = [
      ...(index === 0 ? [{ type: 'thread.created', thread: thread(text) }] : []),
      { type: 'thread.updated', thread: thread(text) },
      ...eventsWith(text),
      ...items.map((item) => ({ type: 'thread.item.added', item })),
      ...items.map((item) => ({ type: 'thread.item.done', item })),
    ];
    await push(page, events);
    await expect(page.locator(`[data-item="a_${index}"]`)).toBeAttached();
    expect(await page.evaluate(inspectChat), text).toEqual([]);
  }
  const at = `[data-item="x_${STRINGS.length - 1}"]`;
  await expect(page.locator(`${at} input`).first()).toBeAttached();
  await page.evaluate(() => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    for (const details of root?.querySelectorAll('details') ?? []) details.open = true;
  });
  await page.waitForTimeout(1_000);
  expect(await page.evaluate(inspectChat)).toEqual([]);
  await push(page, [{ type: 'error', code: 'custom', message: STRINGS.join(' '), allow_retry: true }]);
  await end(page);
  await expect(page.getByText('pwned(1)').last()).toBeAttached();
  expect(await page.evaluate(inspectChat)).toEqual([]);
  expect(tripped).toEqual([]);
});

test('what the model, the person and the administrator wrote is shown as text everywhere', async ({
  connected,
  model,
  page,
}) => {
  test.setTimeout(120_000);
  const client = await signIn(connected.url, ADMINISTRATOR);
  const hostile = '"><img src=x onerror=pwned(1)>';
  const connection = { name: hostile, base_url: model.url, mode: 'chat' };
  const created = (await (await client.rest('POST', '/api/admin/connections', connection)).json()) as {
    id: string;
  };
  const prices = { input_price: 1, cached_price: 1, output_price: 1, max_output_tokens: null };
  const offered = { id: `${hostile} 1`, model: 'fake-model', label: hostile, ...prices };
  const put = await client.rest('PUT', `/api/admin/connections/${created.id}/models`, { models: [offered] });
  expect(put.status).toBe(200);
  const person = { email: "o'<b>x</b>@example.org", password: 'a rather good password' };
  await client.rest('POST', '/api/admin/users', person);

  const { tripped } = await setTripwires(page, new URL(connected.url).origin);
  await signInAs(page, connected.url, ADMINISTRATOR);
  const answer = Object.values(STREAMED).flat().join('\n\n');
  const said = Buffer.from(`${answer}\n\nThe end of it.`).toString('base64url');
  await send(page, `${STRINGS.slice(0, 9).join(' ')} [say:${said}]`);
  await expect(page.getByText('The end of it.')).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(inspectChat)).toEqual([]);
  await page.reload();
  await expect(page.getByText('The end of it.')).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(inspectChat)).toEqual([]);
  const threads = (await (await client.operation('threads.list', {})).json()) as { data: { id: string }[] };
  await client.operation('threads.update', { thread_id: threads.data[0]?.id, title: hostile });
  await page.locator('openai-chatkit').getByRole('button', { name: 'History' }).click();
  const titled = page.locator('openai-chatkit').getByRole('button').filter({ hasText: hostile });
  await expect(titled.first()).toBeVisible();
  expect(await page.evaluate(inspectChat)).toEqual([]);

  for (const at of [
    'users',
    'connections',
    'policies',
    'usage',
    'sessions',
    'audit',
    'settings',
    'storage',
  ]) {
    await page.goto(new URL(`/admin/${at}`, connected.url).href);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    await page.waitForTimeout(300);
    expect(await page.locator('[onerror], script:not([src]), main img[src="x"]').count(), at).toBe(0);
  }
  expect(tripped).toEqual([]);
});

test('the tripwires hold: what does happen is noticed', async ({ foyer, page }) => {
  const { tripped } = await setTripwires(page, new URL(foyer.url).origin);
  await signInAs(page, foyer.url, ADMINISTRATOR);
  expect(tripped).toEqual([]);
  await page.evaluate(() => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    const holder = document.createElement('div');
    holder.innerHTML =
      '<img src="https://evil.example/i"><img src=x onerror=pwned(1)><a href="javascript:pwned(1)">x</a>';
    root?.append(holder);
    (holder.querySelector('a') as HTMLElement).click();
    void fetch('/api/users/me/sessions/x').catch(() => undefined);
    window.open('https://evil.example/');
  });
  await expect.poll(() => tripped.join('\n')).toMatch(/the policy stopped img-src https:\/\/evil\.example/);
  await expect.poll(() => tripped.join('\n')).toMatch(/the policy stopped script-src/);
  await expect.poll(() => tripped.join('\n')).toMatch(/window\.open/);
  expect(await page.evaluate(inspectChat)).toEqual(
    expect.arrayContaining([
      'img src=https://evil.example/i',
      'img onerror=pwned(1)',
      'a href=javascript:pwned(1)',
    ]),
  );
  await page.evaluate('pwned(1)');
  expect(tripped).toContain('a script ran');
  await expect(composer(page)).toBeVisible();
});
