/** Sources where they are cited, and as a list: links, files, and what the host knows. */
import { violations } from './axe.ts';
import { item } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { mount } from './helpers.ts';

const TEXT = `Lisbon had **21 degrees**. The library closes at six, says the plan.

\`\`\`ts
const degrees = 21;
\`\`\`

Ask Ada about [the garden](https://example.com/garden).`;

const after = (words: string) => TEXT.indexOf(words) + words.length;

function citing(threadId: string) {
  const weather = { type: 'url', url: 'https://weather.example/lisbon', title: 'Weather in Lisbon' };
  const plan = { type: 'file', filename: 'plan.pdf', title: 'Opening hours' };
  const ada = {
    ...{ type: 'entity', id: 'ada', title: 'Ada Lovelace', label: 'Ada (gardener)', inline_label: 'Ada' },
    ...{ interactive: true, data: { team: 'garden' } },
  };
  const annotation = (source: object, index: number | null) => ({ type: 'annotation', source, index });
  return item('assistant_message', threadId, {
    content: [
      {
        type: 'output_text',
        text: TEXT,
        annotations: [
          annotation(weather, after('degrees**.')),
          annotation(plan, after('the plan.')),
          annotation(ada, after('Ask Ada')),
          annotation(weather, after('const degrees')),
          annotation(weather, after('the garden')),
          annotation({ ...weather, url: 'javascript:alert(1)', title: 'Bad' }, null),
        ],
      },
    ],
  });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`stand behind their words and in the list: ${scheme}`, async ({ page, server, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const thread = server.addThread({ title: 'Sources' });
    thread.items.push(citing(thread.id));
    await page.evaluate(
      ([url, id, theme]) => {
        const clicked: unknown[] = [];
        Object.assign(window, { clicked });
        window.harness.mount({
          api: { url, domainKey: 'x' },
          locale: 'en',
          initialThread: id,
          theme,
          entities: {
            onClick: (entity) => clicked.push(entity),
            onRequestPreview: async ({ title }) => ({
              preview: { type: 'Basic', children: [{ type: 'Text', value: `${title} plants roses` }] },
            }),
          },
        });
      },
      [server.url, thread.id, scheme] as const,
    );
    const paragraph = page.locator('.ck-md > p').first();
    const link = paragraph.getByRole('link', { name: 'Source 1: Weather in Lisbon' });
    await expect(link).toHaveAttribute('href', 'https://weather.example/lisbon');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(paragraph).toContainText('21 degrees.1 The library closes at six, says the plan.2');
    await expect(page.locator('.ck-md strong')).toHaveText('21 degrees');
    // Code stays as it is, and a link has none inside of it.
    await expect(page.locator('pre code')).toHaveText('const degrees = 21;\n');
    await expect(page.locator('.ck-md a a')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'the garden' })).toHaveAttribute(
      'href',
      'https://example.com/garden',
    );

    const ada = page.locator('.ck-md').getByRole('button', { name: 'Source 3: Ada Lovelace' });
    await expect(ada).toHaveText('Ada');
    await ada.hover();
    await expect(page.getByText('Ada Lovelace plants roses')).toBeVisible();
    await ada.click();
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);

    await page.getByText('Sources (4)').click();
    const list = page.locator('.ck-sources li');
    await expect(list).toHaveText(
      [
        /Weather in Lisbon.*weather\.example/,
        /Opening hours.*plan\.pdf/,
        /Ada \(gardener\)/,
        /^Bad$/,
      ].slice(),
    );
    await expect(list.last().locator('a')).toHaveCount(0);
    await list.getByRole('button', { name: 'Ada (gardener)' }).click();
    expect(await page.evaluate(() => Reflect.get(window, 'clicked'))).toEqual(
      Array.from({ length: 2 }, () => ({
        ...{ id: 'ada', title: 'Ada Lovelace', interactive: true, data: { team: 'garden' } },
      })),
    );
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await expect(page.getByRole('tooltip')).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `tests/artifacts/element/citations-${scheme}.png` });

    // Copies are of the words alone.
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = await page.evaluate(async () => {
      const [entry] = await navigator.clipboard.read();
      const read = async (type: string) => (await entry?.getType(type))?.text() ?? '';
      return { text: await read('text/plain'), html: await read('text/html') };
    });
    expect(copied.text).toBe(TEXT);
    expect(copied.html).toContain('<strong>21 degrees</strong>. The library');
  });
}

test('without handlers of the host an entity is words, and interactive ones only are buttons', async ({
  page,
  server,
}) => {
  const thread = server.addThread({ title: 'Sources' });
  thread.items.push(citing(thread.id));
  await mount(page, server.url, { initialThread: thread.id });
  await expect(page.locator('.ck-md .ck-cite').nth(2)).toHaveText('Ada');
  await expect(page.locator('.ck-assistant button.ck-cite')).toHaveCount(0);
});
