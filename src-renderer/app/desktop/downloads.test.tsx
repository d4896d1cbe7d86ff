import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { fakeDesktop } from '../testing/fake-desktop.ts';
import { click, find, render } from '../testing/render.tsx';
import { Downloads } from './downloads.tsx';

async function start() {
  let tell: (download: unknown) => void = () => undefined;
  const cancelDownload = vi.fn(async () => undefined);
  const desktop = fakeDesktop({
    onDownload: (listener) => {
      tell = listener;
      return () => undefined;
    },
    cancelDownload,
  });
  await render(<Downloads />, { desktop });
  return { cancelDownload, tell: (download: unknown) => act(async () => tell(download)) };
}

const file = { id: 1, name: 'table.csv', state: 'running', receivedBytes: 5, totalBytes: 10 };
const section = () => find('section');

it('shows nothing until a file is being saved', async () => {
  await start();
  expect(section().hidden).toBe(true);
});

it('shows how far a file is, stops it, and says that it is saved', async () => {
  const { cancelDownload, tell } = await start();
  await tell(file);
  expect(section().textContent).toContain('Saving table.csv');
  expect(find('progress').getAttribute('aria-valuetext')).toContain('50');
  await click(find('button', 'Stop saving table.csv'));
  expect(cancelDownload).toHaveBeenCalledExactlyOnceWith(1);
  await tell({ ...file, state: 'done', receivedBytes: 10 });
  expect(find('[role=status]').textContent).toBe('table.csv is saved');
  await click(find('button', 'Hide the message'));
  expect(section().hidden).toBe(true);
});

it('says what became of one that failed, and nothing of one that was stopped', async () => {
  const { tell } = await start();
  await tell(file);
  await tell({ ...file, state: 'failed' });
  expect(find('[role=alert]').textContent).toContain('could not be saved');
  expect(section().textContent).toContain('Nothing of it was kept');
  await tell({ ...file, id: 2 });
  await tell({ ...file, id: 2, state: 'cancelled' });
  expect(section().querySelectorAll('p[role]')).toHaveLength(1);
});

it('shows no more than a few, and nothing that is no download', async () => {
  const { tell } = await start();
  for (const wrong of [
    null,
    'x',
    { ...file, state: 'open' },
    { ...file, path: '/etc' },
    { ...file, id: 'a' },
  ])
    await tell(wrong);
  expect(section().hidden).toBe(true);
  for (let id = 1; id <= 9; id += 1) await tell({ ...file, id, state: 'done', name: `${id}.csv` });
  expect(section().textContent).toBe('6.csv is saved7.csv is saved8.csv is saved9.csv is saved');
});
