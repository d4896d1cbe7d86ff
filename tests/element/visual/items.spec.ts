/** Every kind of thread item, and what stands between them. */
import { asked, code, markdown, messages, pending, steps } from './scenes/items.ts';
import { expect, LOOKS, test, WORDLESS_LOOKS, wordsOf } from './stage.ts';

const actions = { threadItemActions: { feedback: true, retry: true } };

const BOARDS = { messages, markdown, code, steps, asked } as const;

for (const [name, items] of Object.entries(BOARDS)) {
  test(`items: ${name}`, async ({ stage }) => {
    for (const [locale, schemes] of name === 'markdown' ? WORDLESS_LOOKS : LOOKS) {
      const thread = stage.thread('Board', items(wordsOf(locale), new URL(stage.server.url).origin));
      await stage.open({ locale, header: { enabled: false }, ...actions }, thread);
      await expect(stage.page.locator('.ck-response').first()).toBeVisible();
      if (name === 'code') {
        await stage.fit();
        await expect(stage.page.locator('.ck-code pre span').first()).toBeVisible();
        await expect(stage.page.locator('.ck-diagram-body img')).toBeVisible({ timeout: 30_000 });
        await expect(stage.page.locator('.katex').first()).toBeVisible();
      }
      if (name === 'steps') await stage.page.locator('.ck-assistant .ck-disclosure > summary').click();
      await stage.page.mouse.move(0, 0);
      await stage.fit();
      await stage.schemes(`items-${name}`, locale, schemes, 'transcript');
    }
  });
}

test('items: questions in place of the message box', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    const t = wordsOf(locale);
    await stage.page.setViewportSize({ width: 720, height: 640 });
    await stage.open({ locale, header: { enabled: false } }, stage.thread('Questions', pending(t)));
    const box = stage.page.locator('.ck-questions-box');
    await box.locator('.ck-question-option').nth(1).click();
    await stage.schemes('questions-one', locale, schemes, 'foot');
    await box.getByRole('textbox').fill(t('On the roof', 'على السطح'));
    await stage.schemes('questions-own', locale, schemes, 'foot');
    await box.locator('.ck-button--main').click();
    await stage.page.mouse.move(0, 0);
    await box.locator('textarea').fill(t('We bring a small dog', 'نحضر كلبا صغيرا'));
    await stage.schemes('questions-text', locale, schemes, 'foot');
  }
});

test('items: while an answer is on its way', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    const t = wordsOf(locale);
    stage.server.play('play', (thread_id) => {
      const base = { thread_id, created_at: '2026-05-20T10:00:00Z' };
      const workflow = {
        ...{ ...base, id: 'w', type: 'workflow' },
        workflow: {
          type: 'reasoning',
          expanded: true,
          tasks: [
            {
              type: 'thought',
              status_indicator: 'complete',
              title: t('Read the question', 'قراءة السؤال'),
              content: '',
            },
            {
              type: 'web_search',
              status_indicator: 'loading',
              title: t('Searching the web', 'بحث في الويب'),
              queries: ['lisbon'],
              sources: [],
            },
          ],
        },
      };
      const image = { ...base, id: 'g', type: 'generated_image', image: null };
      return [
        { type: 'thread.item.added', item: workflow },
        {
          type: 'thread.item.done',
          item: {
            ...base,
            id: 'c',
            type: 'client_tool_call',
            status: 'pending',
            call_id: 'c',
            name: 'read_page',
            arguments: {},
          },
        },
        { type: 'thread.item.added', item: image },
        {
          type: 'thread.item.updated',
          item_id: 'g',
          update: {
            type: 'generated_image.updated',
            image: { id: 'g', url: '/pictures/hills.svg' },
            progress: 0.4,
          },
        },
        {
          type: 'thread.item.added',
          item: {
            ...base,
            id: 'a',
            type: 'assistant_message',
            content: [
              {
                type: 'output_text',
                text: t('Half of an answer with **bo', 'نصف جواب مع **عريض'),
                annotations: [],
              },
            ],
          },
        },
        {
          type: 'notice',
          level: 'info',
          message: t('This chat uses a small model.', 'هذه المحادثة تستخدم نموذجا صغيرا.'),
        },
        {
          type: 'notice',
          level: 'warning',
          title: t('Almost full', 'أوشك على الامتلاء'),
          message: t('You have **3** answers left.', 'بقي لك **3** إجابات.'),
        },
        { type: 'notice', level: 'danger', message: t('The search is not reachable.', 'البحث غير متاح.') },
        { type: 'progress_update', text: t('Looking things up', 'أبحث عن المعلومات'), icon: 'search' },
        // It never goes on.
        new Promise<void>(() => undefined),
      ];
    });
    await stage.open({ locale, header: { enabled: false } }, stage.thread('Running', []));
    await stage.page.locator('.ck-input').fill(`play ${t('please', 'من فضلك')}`);
    await stage.page.keyboard.press('Enter');
    await expect(stage.page.locator('.ck-step .ck-shimmer').last()).toBeVisible();
    await expect(stage.page.locator('.ck-figure img')).toBeVisible();
    await stage.page.setViewportSize({ width: 800, height: 1_120 });
    await stage.schemes('items-running', locale, schemes);
  }
});

test('items: what went wrong, and threads that are closed', async ({ stage }) => {
  for (const [locale, schemes] of LOOKS) {
    const t = wordsOf(locale);
    const question = {
      type: 'user_message',
      content: [{ type: 'input_text', text: t('error please', 'error') }],
      inference_options: {},
    };
    await stage.page.setViewportSize({ width: 720, height: 520 });
    await stage.open({ locale, header: { enabled: false } }, stage.thread('Failed', []));
    await stage.page.locator('.ck-input').fill(t('error please', 'error من فضلك'));
    await stage.page.keyboard.press('Enter');
    await expect(stage.page.locator('.ck-failure')).toBeVisible();
    await stage.schemes('items-failed', locale, schemes);
    if (locale === 'fr') continue;
    const locked = {
      type: 'locked',
      reason: t('A colleague answers at the moment.', 'زميل يجيب في هذه اللحظة.'),
    };
    await stage.open({ locale }, stage.thread('Locked', [question], { status: locked }));
    await stage.schemes('thread-locked', locale, schemes.slice(0, 1), 'foot');
    await stage.open({ locale }, stage.thread('Closed', [question], { status: { type: 'closed' } }));
    await stage.schemes('thread-closed', locale, schemes.slice(0, 1), 'foot');
    await stage.open({ locale }, 'thr_gone');
    await expect(stage.page.locator('.ck-empty')).toBeVisible();
    await stage.schemes('thread-gone', locale, schemes.slice(0, 1));
  }
});
