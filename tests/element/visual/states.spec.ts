/** What is seen only for a moment, or after a click. */
import { messages } from './scenes/items.ts';
import { expect, test, wordsOf } from './stage.ts';

const t = wordsOf('en');

test('states: a thread that is being loaded', async ({ stage }) => {
  await stage.page.route('**/chatkit', async (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    // What is asked here is never answered.
    if (type !== 'threads.get_by_id') await route.continue();
  });
  await stage.page.setViewportSize({ width: 640, height: 420 });
  const thread = stage.thread('Slow', []);
  await stage.page.evaluate((initialThread) => window.stage.open({ initialThread, locale: 'en' }), thread);
  await expect(stage.page.locator('.ck-skeleton')).toBeVisible();
  await stage.shoot('state-loading-light');
  await stage.page.evaluate(
    (initialThread) => window.stage.open({ initialThread, locale: 'ar', theme: 'dark' }),
    thread,
  );
  await stage.shoot('state-loading-ar-dark');
});

test('states: files that are held over the chat', async ({ stage }) => {
  await stage.page.setViewportSize({ width: 640, height: 420 });
  await stage.open({ composer: { attachments: { enabled: true } } });
  await stage.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'notes.txt'));
    const inside = window.stage.element().shadowRoot?.querySelector('.ck-start');
    inside?.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, composed: true }));
  });
  await expect(stage.page.locator('.ck-drop[data-over]')).toBeVisible();
  await stage.schemes('state-drop', 'en', ['light', 'dark']);
});

test('states: a picture that is opened, a person who is pointed at', async ({ stage }) => {
  await stage.page.setViewportSize({ width: 720, height: 560 });
  const items = messages(t, new URL(stage.server.url).origin);
  await stage.open({ suggests: true }, stage.thread('Ada', items.slice(3, 5)));
  await stage.page.locator('.ck-sent-image').first().click();
  await expect(stage.page.locator('.ck-lightbox img')).toBeVisible();
  await stage.schemes('state-picture', 'en', ['light', 'dark']);
  await stage.page.keyboard.press('Escape');
  await stage.page.locator('button.ck-tag').first().hover();
  await expect(stage.page.locator('.ck-preview').getByText('Analyst')).toBeVisible();
  await stage.schemes('state-preview', 'en', ['light', 'dark']);
});

test('states: an action that is refused', async ({ stage }) => {
  await stage.page.setViewportSize({ width: 560, height: 420 });
  stage.server.refuse('threads.sync_custom_action', 503);
  const action = { type: 'save', streaming: false };
  const widget = {
    type: 'Card',
    children: [
      { type: 'Text', value: 'Keep this table?' },
      { type: 'Button', label: 'Save', style: 'primary', onClickAction: action },
    ],
  };
  await stage.open({ header: { enabled: false } }, stage.thread('Card', [{ type: 'widget', widget }]));
  await stage.page.getByRole('button', { name: 'Save' }).click();
  await expect(stage.page.locator('.ckw-failed')).toBeVisible();
  await stage.page.mouse.move(0, 0);
  await stage.schemes('state-refused', 'en', ['light', 'dark']);
});
