/** What a host sets, as it shows: theme, header, history, start screen, thread actions, disclaimer, titles, deep links. */
import { expect, test } from './fixtures.ts';
import { answered, composer, heard, mount, say, update } from './helpers.ts';

type Theme = Exclude<NonNullable<Parameters<typeof mount>[2]>['theme'], string | undefined>;

/** A computed style of the chat as a whole, or of something in it. */
const css = (page: Parameters<typeof mount>[0], property: string, selector = '.ck') =>
  page.evaluate(
    ([property, selector]) => {
      const found = window.harness.element().shadowRoot?.querySelector(selector);
      return found ? getComputedStyle(found).getPropertyValue(property) : 'nothing there';
    },
    [property, selector] as const,
  );

const SURFACE = { background: '#10201c', foreground: '#18302a' };
const VISIBLE: readonly { name: string; theme: Theme; property: string; selector?: string; is?: string }[] = [
  { name: 'colorScheme', theme: { colorScheme: 'dark' }, property: 'color-scheme', is: 'dark' },
  { name: 'typography.baseSize', theme: { typography: { baseSize: 18 } }, property: 'font-size', is: '18px' },
  {
    ...{ name: 'typography.fontFamily', theme: { typography: { fontFamily: 'Georgia, serif' } } },
    ...{ property: 'font-family', is: 'Georgia, serif' },
  },
  {
    ...{ name: 'color.surface.background', theme: { color: { surface: SURFACE } } },
    ...{ property: 'background-color', is: 'rgb(16, 32, 28)' },
  },
  {
    name: 'radius',
    theme: { radius: 'sharp' },
    property: 'border-top-left-radius',
    selector: '.ck-composer',
  },
  {
    ...{ name: 'color.accent.primary', theme: { color: { accent: { primary: '#b91c1c', level: 1 } } } },
    ...{ property: '--ck-accent', is: 'rgb(185 28 28)' },
  },
  {
    ...{ name: 'color.grayscale', theme: { color: { grayscale: { hue: 30, tint: 9, shade: -4 } } } },
    ...{ property: 'color' },
  },
  { name: 'density', theme: { density: 'spacious' }, property: 'padding-top', selector: '.ck-prompt' },
];

test.describe('theme', () => {
  for (const { name, theme, property, selector, is } of VISIBLE) {
    test(`${name} changes what is drawn, live`, async ({ page, server }) => {
      const startScreen = { prompts: [{ label: 'One', prompt: 'one' }] };
      await mount(page, server.url, { startScreen });
      await composer(page).fill('a draft');
      const before = await css(page, property, selector);
      expect(before).not.toBe('nothing there');
      await update(page, server.url, { startScreen, theme });
      if (is === undefined) await expect.poll(() => css(page, property, selector)).not.toBe(before);
      else await expect.poll(() => css(page, property, selector)).toBe(is);
      await expect(composer(page)).toHaveValue('a draft');
      await update(page, server.url, { startScreen });
      await expect.poll(() => css(page, property, selector)).toBe(before);
    });
  }

  test('fontFamilyMono reaches code, fontSources the document and leave with the theme', async ({
    page,
    server,
  }) => {
    const fonts = () => page.evaluate(() => [...document.fonts].map(({ family }) => family));
    await mount(page, server.url, {
      theme: {
        typography: {
          fontFamilyMono: 'Courier, monospace',
          fontSources: [{ family: 'Own', src: new URL('/own.woff2', server.url).href }],
        },
      },
    });
    await say(page, 'long plan');
    await answered(page);
    // What draws answers may still be loading.
    await expect.poll(() => css(page, 'font-family', 'pre code')).toBe('Courier, monospace');
    expect(await fonts()).toContain('Own');
    await update(page, server.url);
    await expect.poll(fonts).not.toContain('Own');
  });
});

test('frameTitle names the region, and is translated where the host gives none', async ({ page, server }) => {
  await mount(page, server.url, { frameTitle: 'Library help' });
  await expect(page.getByRole('region', { name: 'Library help' })).toBeVisible();
  await update(page, server.url, { locale: 'fr' });
  await expect(page.getByRole('region', { name: 'Library help' })).toHaveCount(0);
  await expect(page.getByRole('region')).toHaveAttribute('lang', 'fr');
});

test('locale goes out as the one accepted language, dates and direction follow', async ({ page, server }) => {
  await mount(page, server.url, { locale: 'ar' });
  await expect(page.getByRole('region', { name: 'Chat' })).toHaveAttribute('dir', 'rtl');
  await say(page, 'hello');
  await answered(page);
  expect(server.seen.map(({ headers }) => headers['accept-language'])).toEqual(['ar']);
});

test('header: off, own title, no title, own buttons', async ({ page, server }) => {
  await mount(page, server.url, { header: { title: { text: 'Library' } } });
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
  await update(page, server.url, { header: { title: { enabled: false, text: 'Library' } } });
  await expect(page.getByRole('heading', { name: 'Library' })).toHaveClass(/ck-hidden/);
  await update(page, server.url, { header: { enabled: false } });
  await expect(page.getByRole('heading')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New chat' })).toHaveCount(0);

  const clicks = await page.evaluate((url) => {
    const clicks: string[] = [];
    window.harness.update({
      api: { url, domainKey: 'x' },
      locale: 'en',
      header: {
        leftAction: { icon: 'menu', onClick: () => clicks.push('left') },
        rightAction: { icon: 'settings-cog', onClick: () => clicks.push('right') },
      },
    });
    (window as unknown as { clicks: string[] }).clicks = clicks;
    return clicks;
  }, server.url);
  expect(clicks).toEqual([]);
  const buttons = page.locator('.ck-header button');
  await buttons.first().click();
  await buttons.last().click();
  expect(await page.evaluate(() => (window as unknown as { clicks: string[] }).clicks)).toEqual([
    'left',
    'right',
  ]);
  for (const button of await buttons.all()) await expect(button).toHaveAccessibleName(/./);
});

test('history: off, and without rename or delete', async ({ page, server }) => {
  server.addThread({ title: 'Lisbon' });
  await mount(page, server.url, { history: { enabled: false } });
  await composer(page).waitFor();
  await expect(page.getByRole('button', { name: 'History' })).toHaveCount(0);
  await update(page, server.url, { history: { showDelete: false, showRename: false } });
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByText('Lisbon')).toBeVisible();
  await expect(page.getByRole('button', { name: /Delete|Rename/ })).toHaveCount(0);
  await update(page, server.url);
  await expect(page.getByRole('button', { name: /Delete/ })).toHaveCount(1);
  await expect(page.getByRole('button', { name: /Rename/ })).toHaveCount(1);
});

test('start screen: greeting, prompts that send text and content', async ({ page, server }) => {
  const prompts = [
    { label: 'Plan', prompt: 'hello there', icon: 'calendar' as const },
    {
      label: 'City',
      prompt: [
        { type: 'input_text' as const, text: 'about ' },
        { type: 'input_tag' as const, id: 'c1', text: 'Lisbon', data: { kind: 'city' } },
      ],
    },
  ];
  await mount(page, server.url, { startScreen: { greeting: 'Ask the library', prompts } });
  await expect(page.getByText('Ask the library')).toBeVisible();
  await page.getByRole('button', { name: 'City' }).click();
  await answered(page);
  const sent = server.seen.map(({ body }) => body.params.input as { content: unknown });
  expect(sent[0]?.content).toMatchObject([
    { type: 'input_text', text: 'about ' },
    { type: 'input_tag', id: 'c1', text: 'Lisbon', data: { kind: 'city' } },
  ]);
  await expect(page.getByRole('button', { name: 'Plan' })).toHaveCount(0);
});

test('threadItemActions: off by default; feedback and retry reach the server', async ({ page, server }) => {
  await mount(page, server.url);
  await say(page, 'hello');
  await answered(page);
  const good = page.getByRole('button', { name: 'Good answer' });
  await expect(page.locator('[aria-pressed]')).toHaveCount(0);
  await update(page, server.url, { threadItemActions: { feedback: true, retry: true } });
  await page.locator('[aria-pressed]').first().click();
  await expect.poll(() => server.seen.map(({ body }) => body.type)).toContain('items.feedback');
  const feedback = server.seen.find(({ body }) => body.type === 'items.feedback')?.body.params;
  expect(feedback).toMatchObject({ kind: 'positive', item_ids: [expect.any(String)] });
  expect(await good.count()).toBeLessThanOrEqual(1);
});

test('disclaimer: Markdown below the composer, stronger on request', async ({ page, server }) => {
  await mount(page, server.url, { disclaimer: { text: 'Check **important** facts' } });
  await expect(page.locator('.ck-disclaimer strong')).toHaveText('important');
  const soft = await css(page, 'color', '.ck-disclaimer');
  await update(page, server.url, { disclaimer: { text: 'Check **important** facts', highContrast: true } });
  await expect.poll(() => css(page, 'color', '.ck-disclaimer')).not.toBe(soft);
});

test('initialThread acts once; an empty one is a new chat', async ({ page, server }) => {
  const first = server.addThread({ title: 'First' });
  const second = server.addThread({ title: 'Second' });
  await mount(page, server.url, { initialThread: first.id });
  await expect(page.getByRole('heading', { name: 'First' })).toBeVisible();
  await update(page, server.url, { initialThread: second.id });
  await page.waitForTimeout(100);
  await expect(page.getByRole('heading', { name: 'First' })).toBeVisible();
  expect(server.seen).toHaveLength(1);
});

test('domainKey and unknown options are ignored; nothing is asked of anybody else', async ({
  page,
  server,
}) => {
  const elsewhere: string[] = [];
  const own = [new URL(server.url).origin, new URL(page.url()).origin];
  page.on('request', (request) => {
    if (!own.includes(new URL(request.url()).origin)) elsewhere.push(request.url());
  });
  await mount(page, server.url, { future: { a: 1 } } as Parameters<typeof mount>[2]);
  await say(page, 'hello');
  await answered(page);
  expect(elsewhere).toEqual([]);
  const asked = server.seen[0];
  expect(JSON.stringify([asked?.body, asked?.headers])).not.toContain('domainKey');
});

test('log events tell of what the stream held beyond the protocol', async ({ page, server }) => {
  await mount(page, server.url);
  await page.evaluate(() => {
    const logs: unknown[] = [];
    (window as unknown as { logs: unknown[] }).logs = logs;
    window.harness.element().addEventListener('chatkit.log', ({ detail }) => logs.push(detail));
  });
  await say(page, 'unknown things');
  await answered(page);
  const logs = await page.evaluate(() => (window as unknown as { logs: { name: string }[] }).logs);
  expect(logs.map(({ name }) => name)).toContain('stream.unknown_event');
  expect((await heard(page)).filter(({ name }) => name === 'onError')).toEqual([]);
});
