import { expect } from '@playwright/test';
import type { PlainOptions } from '../page.ts';
import type { Stage } from '../stage.ts';

/** A page with a bit of everything that a theme touches. */
export async function themeSample(stage: Stage, options: PlainOptions, width = 520, height = 760) {
  await stage.page.setViewportSize({ width, height });
  const thread = stage.thread('A thread about Lisbon', [
    {
      type: 'user_message',
      content: [{ type: 'input_text', text: 'What do I need in Lisbon?' }],
      attachments: [],
      inference_options: {},
    },
    {
      type: 'assistant_message',
      content: [
        {
          type: 'output_text',
          text: 'A **light jacket**, see [the list](https://example.com).\n\n> Small steps go far.\n\nUse `pack()`.',
          annotations: [],
        },
      ],
    },
    {
      type: 'widget',
      widget: {
        type: 'Card',
        status: { text: 'Chez Ada', icon: 'calendar' },
        asForm: true,
        confirm: { label: 'Book', action: { type: 'b' } },
        cancel: { label: 'Not now', action: { type: 'c' } },
        children: [
          { type: 'Title', value: 'Book a table', size: 'sm' },
          { type: 'Input', name: 'n', placeholder: 'Name' },
          { type: 'Checkbox', name: 'ok', label: 'Near the window', defaultChecked: true },
          {
            type: 'Row',
            gap: 2,
            children: [
              { type: 'Badge', label: 'New', color: 'info' },
              { type: 'Button', label: 'More', size: 'sm', onClickAction: { type: 'x' } },
            ],
          },
        ],
      },
    },
  ]);
  await stage.open({ threadItemActions: { feedback: true, retry: true }, ...options }, thread);
  await expect(stage.page.locator('.ckw-card')).toBeVisible();
  await stage.page.locator('.ck-input').fill('And an umbrella?');
}
