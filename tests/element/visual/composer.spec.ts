/** The message box in every state. */
import type { PlainOptions } from './page.ts';
import { expect, FEW_LOOKS, type Stage, test, type Words, wordsOf } from './stage.ts';

const full = (t: Words): PlainOptions => ({
  header: { enabled: false },
  suggests: true,
  composer: {
    attachments: { enabled: true, maxSize: 2_000, accept: { 'text/plain': ['.txt'], 'image/png': ['.png'] } },
    dictation: { enabled: true },
    tools: [
      {
        id: 'search',
        label: t('Search the web', 'بحث في الويب'),
        shortLabel: t('Search', 'بحث'),
        icon: 'globe',
        pinned: true,
      },
      { id: 'image', label: t('Make an image', 'إنشاء صورة'), icon: 'square-image' },
      {
        id: 'study',
        label: t('Study together', 'لنتعلم معا'),
        icon: 'book-open',
        placeholderOverride: t('What shall we learn?', 'ماذا نتعلم؟'),
      },
    ],
    models: [
      {
        id: 'swift',
        label: 'Swift 2',
        description: t('For everyday questions', 'لأسئلة كل يوم'),
        default: true,
      },
      {
        id: 'deep',
        label: 'Deep 4',
        description: t('Thinks for longer before it answers', 'يفكر أطول قبل أن يجيب'),
      },
      { id: 'old', label: 'Swift 1', disabled: true },
    ],
  },
});

const input = (stage: Stage) => stage.page.locator('.ck-input');

async function openAt(stage: Stage, locale: 'en' | 'fr' | 'ar', height: number, extra: PlainOptions = {}) {
  const t = wordsOf(locale);
  await stage.page.setViewportSize({ width: 680, height });
  await stage.open({ locale, ...full(t), ...extra }, stage.thread('Composer', []));
  await expect(input(stage)).toBeVisible();
  return t;
}

test('composer: empty, with a draft, and with everything in it', async ({ stage }) => {
  for (const [locale, schemes] of FEW_LOOKS) {
    const t = await openAt(stage, locale, 360);
    await stage.schemes('composer-empty', locale, schemes, 'foot');
    await stage.page.evaluate(
      ([text, reply]) =>
        window.stage.element().setComposerValue({
          reply,
          content: [
            { type: 'input_text', text },
            { type: 'input_tag', id: 'ada', text: 'Ada Lovelace', interactive: true },
          ],
          attachments: [
            {
              type: 'image',
              id: 'i1',
              name: 'hills.png',
              mime_type: 'image/png',
              preview_url: `${location.origin}/pictures/hills.svg`,
            },
            {
              type: 'file',
              id: 'f1',
              name: 'Report on the harbour of Lisbon, final version.pdf',
              mime_type: 'application/pdf',
            },
          ],
          selectedToolId: 'image',
        }),
      [
        t('Draw the harbour for ', 'ارسم الميناء من أجل '),
        t(
          'Small steps, taken every day, go further than a leap that is planned for years.',
          'خطوات صغيرة كل يوم تذهب أبعد من قفزة يُخطط لها سنوات طويلة قبل أن تبدأ فعلا.',
        ),
      ] as const,
    );
    await input(stage).focus();
    await stage.schemes('composer-full', locale, schemes, 'foot');
  }
});

test('composer: files that are on their way, failed, and refused', async ({ stage }) => {
  await stage.page.route('**/upload/**', async (route) => {
    if (route.request().url().includes('broken')) await route.abort();
  });
  for (const [locale, schemes] of FEW_LOOKS) {
    await openAt(stage, locale, 420);
    await stage.page.evaluate(() => {
      const file = (name: string, size: number, type = 'text/plain') =>
        new File(['x'.repeat(size)], name, { type });
      return window.stage.element().setComposerValue({
        files: [file('minutes.txt', 900), file('broken.txt', 1_200), file('far-too-large.txt', 9_000)],
      });
    });
    await expect(stage.page.locator('.ck-file[data-failed]')).toBeVisible();
    await stage.schemes('composer-files', locale, schemes, 'foot');
  }
});

test('composer: menus of people, commands, tools and models', async ({ stage }) => {
  for (const [locale, schemes] of FEW_LOOKS) {
    await openAt(stage, locale, 460);
    await input(stage).focus();
    await stage.page.keyboard.type('@');
    await expect(stage.page.locator('.ck-suggest-row').first()).toBeVisible();
    await stage.schemes('composer-people', locale, schemes);
    await stage.page.keyboard.press('Backspace');
    await stage.page.keyboard.type('/');
    await expect(stage.page.locator('.ck-suggest-row').first()).toBeVisible();
    await stage.schemes('composer-commands', locale, schemes);
    await stage.page.keyboard.press('Backspace');
    const pickers = stage.page.locator('.ck-composer-extras [aria-haspopup="menu"]');
    await pickers.first().click();
    await expect(stage.page.locator('.ck-menu')).toBeVisible();
    await stage.page.mouse.move(0, 0);
    await stage.schemes('composer-tools', locale, schemes);
    await stage.page.keyboard.press('Escape');
    await pickers.last().click();
    await expect(stage.page.locator('.ck-menu')).toBeVisible();
    await stage.page.mouse.move(0, 0);
    await stage.schemes('composer-models', locale, schemes);
    await stage.page.keyboard.press('Escape');
  }
});

test('composer: dictation, and without a microphone', async ({ stage }) => {
  await stage.page.evaluate(() => {
    // The time of the recording is part of the picture.
    performance.now = () => 0;
    navigator.mediaDevices.getUserMedia = async () =>
      new AudioContext().createMediaStreamDestination().stream;
  });
  for (const [locale, schemes] of FEW_LOOKS) {
    await openAt(stage, locale, 360);
    await stage.page.locator('[data-dictate]').click();
    await expect(stage.page.locator('.ck-dictation time')).toHaveText('0:00');
    await stage.page.mouse.move(0, 0);
    await stage.schemes('composer-dictation', locale, schemes.slice(0, 1), 'foot');
    await stage.page.locator('.ck-dictation button').first().click();
  }
});

test('composer: follow-ups that wait, with stop and send', async ({ stage }) => {
  stage.server.play('play', () => [new Promise<void>(() => undefined)]);
  for (const [locale, schemes] of FEW_LOOKS) {
    const t = await openAt(stage, locale, 460);
    for (const text of [
      'play',
      t('And then the second question', 'ثم السؤال الثاني'),
      t(
        'A third one that is rather long, so long that it is cut at the end of its row in the list',
        'سؤال ثالث طويل نوعا ما، طويل إلى حد أنه يُقطع في نهاية صفه من القائمة قبل أن ينتهي',
      ),
    ]) {
      await input(stage).fill(text);
      await stage.page.keyboard.press('Enter');
      await expect(input(stage)).toHaveText('');
    }
    await expect(stage.page.locator('.ck-queued')).toHaveCount(2);
    await input(stage).fill(t('Still typing', 'ما زلت أكتب'));
    await stage.schemes('composer-queue', locale, schemes, 'foot');
  }
});

test('composer: a message that is edited, a quote that is offered', async ({ stage }) => {
  for (const [locale, schemes] of FEW_LOOKS) {
    const t = wordsOf(locale);
    await stage.page.setViewportSize({ width: 680, height: 480 });
    const thread = stage.thread('Edit', [
      {
        type: 'user_message',
        content: [{ type: 'input_text', text: t('Plan my morning', 'خطط لصباحي') }],
        attachments: [],
        inference_options: {},
      },
      {
        type: 'assistant_message',
        content: [
          {
            type: 'output_text',
            text: t('Open the window and drink a glass of water.', 'افتح النافذة واشرب كوبا من الماء.'),
            annotations: [],
          },
        ],
      },
    ]);
    await stage.open({ locale, header: { enabled: false }, api: { edit: true } }, thread);
    await stage.page.locator('.ck-user').hover();
    await stage.page.locator('.ck-edit-open').click();
    await expect(stage.page.locator('.ck-edit')).toBeVisible();
    await stage.page.mouse.move(0, 0);
    await stage.page
      .locator('.ck-assistant p')
      .first()
      .evaluate((words) => {
        const root = words.getRootNode();
        const selection =
          root instanceof ShadowRoot && 'getSelection' in root ? document.getSelection() : null;
        selection?.selectAllChildren(words);
      });
    await stage.schemes('message-edit', locale, schemes);
    await stage.page.locator('.ck-edit .ck-button').first().click();
  }
});
