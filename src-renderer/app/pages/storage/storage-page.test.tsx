import { describe, expect, it } from 'vitest';
import type { StorageState } from '../../../../src-shared/api/index.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import { ada, done, fakeAdministration, fakeApi, storageState, unreachable } from '../../testing/fake-api.ts';
import { click, find, render } from '../../testing/render.tsx';
import AboutPage from '../about/about-page.tsx';
import StoragePage from './storage-page.tsx';

const texts = en.administration.storage;
const open = async (overrides: Parameters<typeof fakeAdministration>[0] = {}) => {
  const administration = fakeAdministration(overrides);
  await render(<StoragePage />, { api: fakeApi({ administration }) });
  return administration;
};

describe('the page of storage', () => {
  it('shows what was measured a moment ago, and measures again only when asked', async () => {
    const api = await open();
    expect(find('tbody tr', ada.email).textContent).toContain('24\u00a0MB');
    expect(document.body.textContent).toContain(texts.noneLeft);
    expect(api.measureStorage).not.toHaveBeenCalled();
    await click(find('button', texts.measure));
    expect(api.measureStorage).toHaveBeenCalledTimes(1);
  });

  it('measures by itself when nobody has for a while', async () => {
    const old: StorageState = { ...storageState, measurement: { state: 'idle' } };
    const api = await open({ storage: async () => done(old) });
    expect(api.measureStorage).toHaveBeenCalledTimes(1);
    expect(find('tbody tr', ada.email)).toBeTruthy();
  });

  it('says what is left over, and what is damaged', async () => {
    if (storageState.measurement.state !== 'done') throw new Error('the fake is not measured');
    const { measurement } = storageState;
    await open({
      storage: async () =>
        done({
          ...storageState,
          measurement: {
            ...measurement,
            result: { ...measurement.result, orphans: { bytes: 2_000_000, files: 9, folders: 2 } },
          },
          integrity: {
            state: 'done',
            at: '2026-09-02T09:12:00Z',
            result: { problems: ['row 5 missing from index audit_by_actor'], tables: 12 },
          },
        }),
    });
    expect(document.body.textContent).toContain(texts.orphans('2', '2\u00a0MB'));
    expect(document.body.textContent).toContain(texts.integrity.damaged('1'));
    expect(find('code', 'audit_by_actor')).toBeTruthy();
  });

  it('says when it cannot be looked at', async () => {
    const api = await open({ storage: async () => unreachable });
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
    api.storage.mockResolvedValue(done(storageState));
    await click(find('button', en.common.tryAgain));
    expect(find('h2', texts.overview)).toBeTruthy();
  });
});

describe('the page about Foyer', () => {
  it('fetches the licences when somebody wants to see them', async () => {
    const administration = fakeAdministration({
      licences: async () =>
        done({
          packages: [
            { name: 'alpha', version: '1.0.0', licence: 'MIT', texts: [0] },
            { name: 'beta', version: '2.0.0', licence: 'Unlicense', texts: [] },
          ],
          texts: ['Permission is hereby granted <b>'],
        }),
    });
    await render(<AboutPage />, { api: fakeApi({ administration }) });
    const { licences } = en.administration.about;
    expect(administration.licences).not.toHaveBeenCalled();
    await click(find('button', licences.show));
    expect(document.querySelectorAll('details')).toHaveLength(2);
    expect(document.querySelectorAll('pre')).toHaveLength(0);
    const first = find<HTMLDetailsElement>('details', 'alpha');
    first.open = true;
    await click(first);
    expect(find('pre').textContent).toBe('Permission is hereby granted <b>');
  });
});
