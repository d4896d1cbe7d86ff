import { afterEach, expect, it, vi } from 'vitest';
import { click, find, render } from '../testing/render.tsx';
import { CopyField } from './copy-field.tsx';

afterEach(() => vi.unstubAllGlobals());

it('copies what is meant, however it is shown', async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal('navigator', { ...navigator, language: 'en', languages: ['en'], clipboard: { writeText } });
  await render(<CopyField label="Secret" value="ABCDEFGH" shown="ABCD EFGH" />);
  expect(find<HTMLInputElement>('input').value).toBe('ABCD EFGH');
  await click(find('button'));
  expect(writeText).toHaveBeenCalledExactlyOnceWith('ABCDEFGH');
  expect(find('[role="status"]').textContent).not.toBe('');
});
