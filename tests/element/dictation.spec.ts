/** Speaking instead of writing. A tone stands for the microphone; the recording is real. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { composer, mount } from './helpers.ts';

const dictation = { composer: { dictation: { enabled: true } } };

async function withTone(page: Page) {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const out = context.createMediaStreamDestination();
      const tone = context.createOscillator();
      tone.connect(out);
      tone.start();
      return out.stream;
    };
  });
}

test('records, and puts the text where the caret is', async ({ page, server }) => {
  await withTone(page);
  await mount(page, server.url, dictation);
  await composer(page).fill('before after');
  await composer(page).evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(6, 6));
  await page.getByRole('button', { name: 'Dictate' }).click();
  await expect(page.getByText('0:01')).toBeVisible();
  await page.screenshot({ path: 'tests/artifacts/element/dictation.png' });
  await page.getByRole('button', { name: 'Stop and insert the text' }).click();
  await expect(composer(page)).toHaveValue('before spoken words after');
  await expect(composer(page)).toBeFocused();
  const params = server.seen.find(({ body }) => body.type === 'input.transcribe')?.body.params;
  expect(params?.mime_type).toBe('audio/webm;codecs=opus');
  // The first bytes of every WebM file.
  const bytes = Buffer.from(String(params?.audio_base64), 'base64');
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
});

test('a cancelled recording goes nowhere; a refused one leaves the draft', async ({ page, server }) => {
  await withTone(page);
  await mount(page, server.url, dictation);
  await composer(page).fill('mine');
  await page.getByRole('button', { name: 'Dictate' }).click();
  await page.getByRole('button', { name: 'Cancel the recording' }).click();
  await expect(composer(page)).toBeFocused();
  expect(server.seen).toHaveLength(0);
  server.refuse('input.transcribe', 500);
  await page.getByRole('button', { name: 'Dictate' }).click();
  await page.getByRole('button', { name: 'Stop and insert the text' }).click();
  await expect(page.getByText('could not be turned into text')).toBeVisible();
  await expect(composer(page)).toHaveValue('mine');
});

test('says what to do when the microphone is refused', async ({ page, server }) => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await mount(page, server.url, dictation);
  await page.getByRole('button', { name: 'Dictate' }).click();
  await expect(page.getByRole('alert').getByText('The microphone is blocked.')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 600 });
  await page.screenshot({ path: 'tests/artifacts/element/dictation-denied.png' });
});
