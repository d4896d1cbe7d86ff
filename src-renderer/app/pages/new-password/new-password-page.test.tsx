import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../api/api.ts';
import { en } from '../../i18n/en.ts';
import { bob, fakeApi, refused } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import { NewPasswordPage } from './new-password-page.tsx';

const texts = en.people.newPassword;
const newcomer = { ...bob, password_is_temporary: true };

async function show(overrides: Partial<Api> = {}) {
  const api = fakeApi(overrides);
  const services = await render(<NewPasswordPage user={newcomer} />, { api });
  await act(async () => services.session.signedIn(newcomer));
  return { api, session: services.session };
}

async function fill(given: string, next: string) {
  await type(field(texts.given), given);
  await type(field(en.fields.newPassword), next);
  await submit();
}

describe('NewPasswordPage', () => {
  it('says why, takes an own password and goes on', async () => {
    const { api, session } = await show();
    expect(document.body.textContent).toContain(texts.lead(bob.email));
    await fill('given to me', 'a choice of my own');
    expect(api.changeOwnPassword).toHaveBeenCalledExactlyOnceWith('given to me', 'a choice of my own');
    expect(session.get()).toMatchObject({ user: { password_is_temporary: false } });
  });

  it('refuses the same again, and one that is too short, before asking', async () => {
    const { api } = await show();
    await fill('given to me by Ada', 'given to me by Ada');
    expect(descriptionOf(field(en.fields.newPassword))).toContain(en.errors.codes.password_unchanged);
    await fill('given to me by Ada', 'short');
    expect(descriptionOf(field(en.fields.newPassword))).toContain(en.fields.passwordTooShort);
    expect(document.activeElement).toBe(field(en.fields.newPassword));
    expect(api.changeOwnPassword).not.toHaveBeenCalled();
  });

  it('says what the server says, and keeps what was typed', async () => {
    await show({ changeOwnPassword: async () => refused(403, 'wrong_password') });
    await fill('not the one', 'a choice of my own');
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.wrong_password);
    expect(field(en.fields.newPassword).value).toBe('a choice of my own');
  });

  it('lets go whoever does not want to', async () => {
    const { api, session } = await show();
    await click(find('button', texts.signOut));
    expect(api.signOut).toHaveBeenCalledOnce();
    expect(session.get()).toMatchObject({ kind: 'guest', ended: false });
  });
});
