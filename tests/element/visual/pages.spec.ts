/** The start screen, the header, and the history. */
import type { PlainOptions } from './page.ts';
import { expect, FEW_LOOKS, LOOKS, type Stage, test, type Words, wordsOf } from './stage.ts';

const prompts = (t: Words): NonNullable<NonNullable<PlainOptions['startScreen']>['prompts']> => [
  { label: t('Plan a trip', 'خطط لرحلة', 'Planifier un voyage'), prompt: 'x', icon: 'globe' },
  {
    label: t(
      'Explain a contract in plain words',
      'اشرح عقدا بكلمات بسيطة',
      'Expliquer un contrat simplement',
    ),
    prompt: 'x',
    icon: 'document',
  },
  {
    label: t('Write a thank-you letter', 'اكتب رسالة شكر', 'Écrire une lettre de remerciement'),
    prompt: 'x',
    icon: 'write',
  },
  { label: t('Surprise me', 'فاجئني', 'Surprends-moi'), prompt: 'x' },
];

const startOptions = (t: Words): PlainOptions => ({
  startScreen: {
    greeting: t('What is on your mind?', 'بم تفكر اليوم؟', 'À quoi pensez-vous ?'),
    prompts: prompts(t),
  },
  disclaimer: {
    text: t(
      'Answers can be wrong. [Read more](https://example.com).',
      'قد تكون الإجابات خاطئة. [اقرأ المزيد](https://example.com).',
    ),
  },
});

test('pages: the start, with and without prompts', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    await stage.page.setViewportSize({ width: 900, height: 640 });
    await stage.open({ locale, ...startOptions(wordsOf(locale)) });
    await expect(stage.page.locator('.ck-prompt')).toHaveCount(4);
    await stage.schemes('start', locale, schemes);
  }
  await stage.page.setViewportSize({ width: 400, height: 640 });
  await stage.open({ locale: 'en', ...startOptions(wordsOf('en')) });
  await stage.shoot('start-narrow-en-light');
});

async function fillHistory(stage: Stage, t: Words) {
  stage.server.threads.clear();
  const titles = [
    ['2026-05-20T08:00:00Z', t('Lisbon in May', 'لشبونة في مايو', 'Lisbonne en mai')],
    [
      '2026-05-20T07:00:00Z',
      t(
        'A title that is so long that it can never fit into one row of this list, whatever the window',
        'عنوان طويل جدا بحيث لا يتسع له صف واحد في هذه القائمة مهما كانت النافذة واسعة أمام القارئ',
      ),
    ],
    ['2026-05-19T10:00:00Z', t('Contract for the flat', 'عقد الشقة')],
    ['2026-05-15T10:00:00Z', t('Thank-you letter', 'رسالة شكر')],
    ['2026-04-02T10:00:00Z', t('Bicycle repair', 'إصلاح الدراجة')],
    ['2025-11-02T10:00:00Z', 'English title'],
  ] as const;
  for (const [created_at, title] of titles) stage.thread(title, [], { created_at });
}

test('pages: the history', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    const t = wordsOf(locale);
    await fillHistory(stage, t);
    const [first = ''] = [...stage.server.threads.keys()];
    await stage.page.setViewportSize({ width: 640, height: 560 });
    await stage.open({ locale }, first);
    await stage.page.evaluate(() => window.stage.element().showHistory());
    const rows = stage.page.locator('.ck-row');
    await expect(rows).toHaveCount(6);
    await rows.nth(2).hover();
    await stage.schemes('history', locale, schemes);
    await rows.nth(2).locator('.ck-row-actions button').first().click();
    await expect(stage.page.locator('.ck-rename input')).toBeFocused();
    await stage.page.mouse.move(0, 0);
    if (locale !== 'fr') await stage.schemes('history-rename', locale, schemes.slice(0, 1));
    await stage.page.keyboard.press('Escape');
    await rows.nth(3).hover();
    await rows.nth(3).locator('.ck-row-actions button').last().click();
    await expect(stage.page.locator('.ck-dialog')).toBeVisible();
    await stage.page.mouse.move(0, 0);
    await stage.schemes('history-delete', locale, schemes);
    await stage.page.keyboard.press('Escape');
  }
});

test('pages: a history that is empty, and one that does not come', async ({ stage }) => {
  await stage.page.setViewportSize({ width: 640, height: 480 });
  for (const [locale, schemes] of FEW_LOOKS) {
    await stage.open({ locale });
    await stage.page.evaluate(() => window.stage.element().showHistory());
    await expect(stage.page.locator('.ck-empty')).toBeVisible();
    await stage.schemes('history-empty', locale, schemes);
    await stage.open({ locale });
    stage.server.refuse('threads.list', 500);
    await stage.page.evaluate(() => window.stage.element().showHistory());
    await expect(stage.page.getByRole('alert').filter({ visible: true })).toBeVisible();
    await stage.schemes('history-failed', locale, schemes);
    stage.server.allow('threads.list');
  }
});

test('pages: the header with buttons of the host, a dialog, and options that are of no use', async ({
  stage,
}) => {
  await stage.page.setViewportSize({ width: 640, height: 560 });
  const title = 'A thread with a title that is far too long for the header of such a narrow window';
  await stage.page.evaluate((title) => {
    window.stage.open({
      initialThread: null,
      header: {
        title: { text: title },
        leftAction: { icon: 'menu', onClick() {} },
        rightAction: { icon: 'settings-cog', onClick() {} },
      },
    });
  }, title);
  await stage.page.locator('.ck-title').filter({ hasText: 'far too long' }).waitFor();
  await stage.shoot('header-en-light');
  await stage.page.locator('.ck-input').focus();
  await stage.page.keyboard.press('Control+/');
  await expect(stage.page.locator('dialog')).toBeVisible();
  await stage.schemes('shortcuts', 'en', ['light', 'dark']);
});
