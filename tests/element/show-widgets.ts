import type { Page } from '@playwright/test';
import type { FakeChatKit } from './fake-chatkit.ts';
import { mount, type PlainOptions } from './helpers.ts';

/** Opens a thread that consists of these widgets, one item each: `msg_widget_0` and so on. @returns the thread's id */
export async function showWidgets(
  page: Page,
  server: FakeChatKit,
  widgets: readonly Record<string, unknown>[],
  options: PlainOptions = {},
): Promise<string> {
  const items = widgets.map((widget, index) => ({
    type: 'widget',
    id: `msg_widget_${index}`,
    thread_id: 'thr',
    created_at: '2026-05-20T10:00:00Z',
    widget,
  }));
  const thread = server.addThread({ title: 'Widgets', items });
  await mount(page, server.url, { initialThread: thread.id, ...options });
  await page.locator('.ckw').first().waitFor();
  return thread.id;
}
