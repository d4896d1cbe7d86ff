import { describe, expect, it } from 'vitest';
import type { AdminSettings } from '../../../../src-shared/api/index.ts';
import type { Api } from '../../api/api.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import { adminSettings, done, fakeApi, refused } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import SettingsPage from './settings-page.tsx';

function withConnection(part: Partial<AdminSettings['connection']>): AdminSettings {
  return { ...adminSettings, connection: { ...adminSettings.connection, ...part } };
}

async function show(settings: AdminSettings, overrides: Partial<Api> = {}) {
  const api = fakeApi({ settings: async () => done(settings), ...overrides });
  await render(<SettingsPage />, { api });
  return api;
}

describe('SettingsPage', () => {
  it('sends only what changed, and empties the key field afterwards', async () => {
    const saved = withConnection({ key: 'keychain', offline_guide: false });
    const api = await show(adminSettings, { updateSettings: async () => done(saved) });
    expect(document.body.textContent).toContain(en.settings.guide);
    await type(field(en.settings.keyLabel), ' sk-canary ');
    await submit();
    expect(api.updateSettings).toHaveBeenCalledExactlyOnceWith({ api_key: 'sk-canary' });
    expect(field(en.settings.keyLabel).value).toBe('');
    expect(document.body.innerHTML).not.toContain('sk-canary');
    expect(document.body.textContent).toContain(en.settings.keyLocation.keychain);
    expect(find('p[role=status]', en.settings.saved)).toBeTruthy();
  });

  it('does not bother the server with nothing', async () => {
    const api = await show(adminSettings);
    await submit();
    expect(api.updateSettings).not.toHaveBeenCalled();
    expect(find('p[role=status]', en.settings.nothingChanged)).toBeTruthy();
  });

  it('keeps what was typed when saving fails', async () => {
    await show(adminSettings, { updateSettings: async () => refused(409, 'keychain_unavailable') });
    await type(field(en.settings.keyLabel), 'sk');
    await submit();
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.keychain_unavailable);
    expect(field(en.settings.keyLabel).value).toBe('sk');
  });

  it('checks the address before sending', async () => {
    const api = await show(adminSettings);
    await type(field(en.settings.baseUrl), 'localhost:11434');
    await submit();
    expect(api.updateSettings).not.toHaveBeenCalled();
    expect(descriptionOf(field(en.settings.baseUrl))).toContain(en.settings.baseUrlInvalid);
    expect(document.activeElement).toBe(field(en.settings.baseUrl));
  });

  it('shows what the environment fixes, and does not let it be changed', async () => {
    await show(withConnection({ base_url_source: 'environment', key: 'environment' }));
    expect(field(en.settings.baseUrl).readOnly).toBe(true);
    expect(descriptionOf(field(en.settings.baseUrl))).toBe(en.settings.fixed('OPENAI_BASE_URL'));
    expect(document.querySelector('input[type=password]')).toBeNull();
    expect(document.body.textContent).toContain(en.settings.keyLocation.environment);
  });

  it('asks before it forgets the key', async () => {
    const api = await show(withConnection({ key: 'keychain' }));
    await click(find('button', en.settings.keyForget));
    await click(find('dialog button', en.common.cancel));
    expect(api.updateSettings).not.toHaveBeenCalled();
    await click(find('button', en.settings.keyForget));
    await click(find('dialog button', en.settings.keyForget));
    expect(api.updateSettings).toHaveBeenCalledExactlyOnceWith({ api_key: null });
    expect(document.body.textContent).toContain(en.settings.keyLocation.none);
  });

  it('says what is wrong with the keychain and what to do', async () => {
    await show({ ...adminSettings, keychain: { kind: 'session', status: 'locked', hint: 'No prompt.' } });
    expect(document.body.textContent).toContain(en.keychain.problem.locked);
    expect(document.body.textContent).toContain(en.keychain.remedy.locked);
    expect(find('details').textContent).toContain('No prompt.');
  });
});
