/** The measured rules of `@openai/chatkit-react` 1.6.1 on React 19 (chatkit-element.md §1; numbers are its rows). */
import { expect, test } from './fixtures.ts';
import { answered, composer, errors, heard, heardNames, mount, say, update } from './helpers.ts';

test('row 1: works when the tag is defined after React has mounted', async ({ bare, server }) => {
  await mount(bare, server.url);
  expect(await bare.evaluate(() => document.querySelector('openai-chatkit')?.shadowRoot === null)).toBe(true);
  await bare.evaluate(() => window.harness.define());
  await expect(composer(bare)).toBeVisible();
  await expect.poll(() => heardNames(bare)).toEqual(['onReady']);
});

for (const order of ['connected first', 'options first'] as const) {
  test(`row 2: survives ${order}`, async ({ page, server }) => {
    await page.evaluate(
      ([url, order]) => {
        const element = document.createElement('openai-chatkit') as ReturnType<typeof window.harness.element>;
        const options = { api: { url, domainKey: 'x' }, locale: 'en' as const };
        if (order === 'options first') element.setOptions(options);
        document.getElementById('root')?.append(element);
        if (order === 'connected first') setTimeout(() => element.setOptions(options), 50);
      },
      [server.url, order] as const,
    );
    await expect(composer(page)).toBeVisible();
  });
}

for (const strict of [false, true]) {
  test(`rows 3 and 5: ready is heard exactly once, first, ${strict ? 'in' : 'without'} StrictMode`, async ({
    page,
    server,
  }) => {
    const thread = server.addThread({ title: 'Kept' });
    await mount(page, server.url, { initialThread: thread.id }, { strict });
    await expect.poll(() => heardNames(page)).toContain('onThreadLoadEnd');
    expect(await heardNames(page)).toEqual([
      'onReady',
      'onThreadChange',
      'onThreadLoadStart',
      'onThreadLoadEnd',
    ]);
    const loads = server.seen.filter(({ body }) => body.type === 'threads.get_by_id');
    expect(loads).toHaveLength(1);
    expect(await errors(page)).toEqual([]);
  });
}

test('row 3: void events carry null, others their exact shape', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'effect please');
  await answered(page);
  await page.getByRole('button', { name: 'the settings' }).click();
  await page.evaluate(() => window.harness.methods().showHistory());
  await page.evaluate(() => window.harness.methods().hideHistory());
  const [thread] = [...server.threads.keys()];
  expect(await heard(page)).toEqual([
    { name: 'onReady', detail: null },
    { name: 'onResponseStart', detail: null },
    { name: 'onThreadChange', detail: { threadId: thread } },
    { name: 'onEffect', detail: { name: 'ping', data: { n: 1 } } },
    { name: 'onResponseEnd', detail: null },
    { name: 'onDeeplink', detail: { name: 'open-settings', data: { tab: 'models' } } },
    { name: 'onHistoryOpen', detail: null },
    { name: 'onHistoryClose', detail: null },
  ]);
});

test('row 4: unusable options never throw; they show and report an error, and can be repaired', async ({
  page,
  server,
}) => {
  await page.evaluate(() => {
    const hosted = { api: { getClientSecret: async () => 'secret' }, locale: 'en' as const };
    window.harness.mount(hosted);
  });
  await expect(page.getByRole('alert')).toContainText('The chat is not set up');
  await expect.poll(() => heardNames(page)).toEqual(['onError']);
  expect((await heard(page))[0]?.detail).toMatchObject({
    error: { name: 'ChatKitError', code: 'configuration' },
  });
  const rejected = await page.evaluate(() =>
    window.harness
      .element()
      .focusComposer()
      .then(() => 'resolved')
      .catch((error: { code: string }) => error.code),
  );
  expect(rejected).toBe('configuration');

  const thrown = await page.evaluate(() => {
    const element = window.harness.element();
    const odd: unknown[] = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { api: null },
      {
        get api() {
          throw new Error('no');
        },
      },
    ];
    return odd.filter((options) => {
      try {
        element.setOptions(options as Parameters<typeof element.setOptions>[0]);
        return false;
      } catch {
        return true;
      }
    }).length;
  });
  expect(thrown).toBe(0);

  await update(page, server.url);
  await say(page, 'hello');
  await expect(page.getByText('You said: hello')).toBeVisible();
  await expect.poll(() => heardNames(page)).toContain('onReady');
  expect(await errors(page)).toEqual([]);
});

test('row 6: live changes keep thread, draft, scroll and stream', async ({ page, server }) => {
  await mount(page, server.url, { theme: 'light' });
  await say(page, 'slow please');
  await expect(page.getByText('word word')).toBeVisible();
  await composer(page).fill('a draft');
  await update(page, server.url, {
    theme: 'dark',
    locale: 'fr',
    composer: { placeholder: 'Ask the library' },
    header: { title: { text: 'Library' } },
  });
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
  const box = page.getByRole('textbox');
  await expect(box).toHaveValue('a draft');
  await expect(box).toHaveAttribute('placeholder', 'Ask the library');
  await expect(page.getByRole('button', { name: 'Arrêter la réponse' })).toBeVisible();
  const before = (await page.getByRole('article').last().textContent())?.length ?? 0;
  await expect
    .poll(async () => (await page.getByRole('article').last().textContent())?.length ?? 0)
    .toBeGreaterThan(before);
  expect(server.seen.filter(({ aborted }) => aborted)).toEqual([]);
  expect(server.seen).toHaveLength(1);
  const scheme = await page.evaluate(() => {
    const root = window.harness.element().shadowRoot?.querySelector('.ck');
    return root === null || root === undefined ? '' : getComputedStyle(root).colorScheme;
  });
  expect(scheme).toBe('dark');
});

test('row 11: classes and properties of the page reach the element', async ({ page, server }) => {
  await mount(page, server.url, {}, { props: { className: 'chat wide', hidden: false, id: 'assistant' } });
  await expect(composer(page)).toBeVisible();
  const state = await page.evaluate(() => {
    const element = window.harness.element();
    const react19 = element.className;
    // What React 18 does with className on a custom element.
    element.setAttribute('classname', 'a  b');
    const react18 = element.className;
    element.setAttribute('classname', 'b c');
    return { react19, react18, changed: element.className, id: element.id, hidden: element.hidden };
  });
  expect(state).toEqual({
    react19: 'chat wide',
    react18: 'chat wide a b',
    changed: 'chat wide b c',
    id: 'assistant',
    hidden: false,
  });
});

test('row 13: a method called in the first layout effect waits until the element is ready', async ({
  page,
  server,
}) => {
  await mount(page, server.url, {}, { first: 'send' });
  await expect(page.getByText('You said: from the layout effect')).toBeVisible();
  expect((await heardNames(page)).slice(0, 2)).toEqual(['onReady', 'onResponseStart']);
});

test('row 9: methods return promises that settle; wrong arguments reject with a typed error', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await composer(page).waitFor();
  const results = await page.evaluate(async () => {
    const element = window.harness.element();
    const settle = (work: Promise<unknown>) =>
      work.then(() => 'ok').catch((error: { code?: string; name: string }) => `${error.name}:${error.code}`);
    type Send = Parameters<typeof element.sendUserMessage>[0];
    return {
      focus: await settle(element.focusComposer()),
      focused: element.shadowRoot?.activeElement?.tagName,
      show: await settle(element.showHistory()),
      hide: await settle(element.hideHistory()),
      value: await settle(element.setComposerValue({ text: 'prefilled', reply: 'a quote' })),
      updates: await settle(element.fetchUpdates()),
      nothing: await settle(element.sendUserMessage(undefined as unknown as Send)),
      wrong: await settle(element.sendUserMessage({ text: 3 } as unknown as Send)),
      action: await settle(element.sendCustomAction({ type: 'x' })),
      gone: await settle(element.setThreadId('thr_none')),
      fresh: await settle(element.setThreadId(null)),
    };
  });
  expect(results).toEqual({
    focus: 'ok',
    focused: 'TEXTAREA',
    show: 'ok',
    hide: 'ok',
    value: 'ok',
    updates: 'ok',
    nothing: 'ChatKitError:configuration',
    wrong: 'ChatKitError:configuration',
    action: 'ChatKitError:not_found',
    gone: 'ChatKitError:not_found',
    fresh: 'ok',
  });
  await expect(composer(page)).toHaveValue('prefilled');
});

test('row 19: a new key makes a new element that works, the old one ends its stream', async ({
  page,
  server,
}) => {
  await mount(page, server.url);
  await say(page, 'slow please');
  await expect(page.getByText('word word')).toBeVisible();
  await page.evaluate(() => window.harness.setKey('second'));
  await expect(page.getByText('word word')).toBeHidden();
  await expect.poll(() => server.seen[0]?.aborted).toBe(true);
  await say(page, 'hello');
  await expect(page.getByText('You said: hello')).toBeVisible();
  expect(await errors(page)).toEqual([]);
});

for (const how of ['append', 'moveBefore', 'remove and put back'] as const) {
  test(`row 20: ${how} keeps thread, draft and stream`, async ({ page, server }) => {
    await mount(page, server.url);
    await say(page, 'slow please');
    await expect(page.getByText('word word')).toBeVisible();
    await composer(page).fill('a draft');
    await page.evaluate((how) => {
      const element = window.harness.element();
      const other = document.createElement('div');
      other.style.height = '100%';
      document.body.append(other);
      if (how === 'append') other.append(element);
      else if (how === 'moveBefore')
        (other as Element & { moveBefore(a: Element, b: null): void }).moveBefore(element, null);
      else {
        element.remove();
        other.append(element);
      }
    }, how);
    await page.waitForTimeout(50);
    await expect(composer(page)).toHaveValue('a draft');
    const before = (await page.getByRole('article').last().textContent())?.length ?? 0;
    await expect
      .poll(async () => (await page.getByRole('article').last().textContent())?.length ?? 0)
      .toBeGreaterThan(before);
    expect(server.seen[0]?.aborted).toBe(false);
    expect((await heardNames(page)).filter((name) => name === 'onReady')).toHaveLength(1);
  });
}

test('row 20: taken out for a while, it comes back with its thread', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'hello');
  await answered(page);
  await page.evaluate(async () => {
    const element = window.harness.element();
    const parent = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    parent?.append(element);
  });
  await expect(page.getByText('You said: hello')).toBeVisible();
  await say(page, 'still there?');
  await expect(page.getByText('You said: still there?')).toBeVisible();
});

test('rows 21 and 22: unmounting mid-stream is clean', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'slow please');
  await expect(page.getByText('word word')).toBeVisible();
  await page.evaluate(() => window.harness.unmount());
  await expect.poll(() => server.seen[0]?.aborted).toBe(true);
  await page.waitForTimeout(100);
  expect(await errors(page)).toEqual([]);
  expect(await heardNames(page)).toEqual(['onReady', 'onResponseStart', 'onThreadChange']);
});
