import { createRef } from 'react';
import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { fakeApi, refused } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import { PreferencesDialog } from './preferences-dialog.tsx';

async function show(api = fakeApi()) {
  const ui = <PreferencesDialog returnFocusTo={createRef<HTMLElement>()} onClose={() => undefined} />;
  return { ...(await render(ui, { api })), api };
}

async function changePassword(current: string, next: string) {
  await click(find('button', en.preferences.changePassword));
  await type(field(en.fields.currentPassword), current);
  await type(field(en.fields.newPassword), next);
  await submit();
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

  it('changes the own password and takes the form away', async () => {
    const { api } = await show();
    await changePassword('old password', 'new password');
    expect(api.changeOwnPassword).toHaveBeenCalledExactlyOnceWith('old password', 'new password');
    expect(find('[role=status]', en.preferences.changed)).toBeTruthy();
    expect(document.querySelector('form')).toBeNull();
  });

  it('says when the current password is wrong, and nothing was changed', async () => {
    await show(fakeApi({ changeOwnPassword: async () => refused(403, 'wrong_password') }));
    await changePassword('wrong', 'new password');
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.wrong_password);
    expect(field(en.fields.newPassword).value).toBe('new password');
  });

  it('does not send a new password that is too short', async () => {
    const { api } = await show();
    await changePassword('old password', 'short');
    expect(api.changeOwnPassword).not.toHaveBeenCalled();
    expect(descriptionOf(field(en.fields.newPassword))).toContain(en.fields.passwordTooShort);
  });
});
