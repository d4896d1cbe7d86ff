import { createRef } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeApi } from '../../testing/fake-api.ts';
import { click, find, render } from '../../testing/render.tsx';
import { PreferencesDialog } from './preferences-dialog.tsx';

async function show(api = fakeApi()) {
  const ui = <PreferencesDialog returnFocusTo={createRef<HTMLElement>()} onClose={() => undefined} />;
  return { ...(await render(ui, { api })), api };
}

describe('PreferencesDialog', () => {
  it('applies appearance and language at once', async () => {
    const { preferences } = await show();
    await click(find('input[value=dark]'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await click(find('input[value=fr]'));
    expect(preferences.get()).toEqual({ theme: 'dark', locale: 'fr' });
    expect(find('h2').textContent).toBe('Réglages');
    await click(find('input[value=system]'));
    await click(find('input[value=en]'));
    expect(document.documentElement.lang).toBe('en');
  });
});
