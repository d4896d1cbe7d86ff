/** Changing a message that was sent, in Foyer itself. */
import { ADMINISTRATOR, artifact, composer, expect, send, signInAs, test } from './fixtures.ts';

test('an edited message takes the place of the old one, also after a reload, and for the model', async ({
  connected,
  model,
  page,
}) => {
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'My favourite colour is teal [burst:3]');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await send(page, 'Which colour? [burst:3]');
  await expect(page.getByRole('article')).toHaveCount(4);
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await composer(page).fill('half a thought');

  await page.locator('.ck-bubble').first().hover();
  await expect(page.locator('.ck-toolbar').first()).toHaveCSS('opacity', '1');
  await page.screenshot({ path: artifact('edit-offered') });
  await page.getByRole('button', { name: 'Edit message' }).first().click();
  const box = page.getByRole('textbox', { name: 'Edited text' });
  await expect(box).toBeFocused();
  await expect(page.getByText('Sending this removes the 3 messages below.')).toBeVisible();
  await box.fill('My favourite colour is beige [burst:3]');
  await page.screenshot({ path: artifact('edit-open') });
  // What was changed outlives a reload, like every draft.
  await page.reload();
  await expect(box).toHaveValue('My favourite colour is beige [burst:3]');
  await expect(page.getByText('Which colour?').first()).toBeVisible();
  await box.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Stop responding' })).toBeHidden();
  await page.screenshot({ path: artifact('edit-answered') });
  expect(JSON.stringify(model.requests.at(-1)?.body)).not.toMatch(/teal|Which colour/);

  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.locator('.ck-bubble')).toHaveText('My favourite colour is beige [burst:3]');
  await expect
    .poll(() =>
      composer(page).evaluate((element) => ('value' in element ? element.value : element.textContent)),
    )
    .toBe('half a thought');
});
