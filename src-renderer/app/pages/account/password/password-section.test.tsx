import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/en.ts';
import { fakeApi, refused } from '../../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../../testing/render.tsx';
import { PasswordSection } from './password-section.tsx';

async function show(api = fakeApi()) {
  return { ...(await render(<PasswordSection />, { api })), api };
}

async function changePassword(current: string, next: string) {
  await click(find('button', en.preferences.changePassword));
  await type(field(en.fields.currentPassword), current);
  await type(field(en.fields.newPassword), next);
  await submit();
}

describe('PasswordSection', () => {
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
