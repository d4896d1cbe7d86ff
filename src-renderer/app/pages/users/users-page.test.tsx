import { act } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../../../src-shared/api/index.ts';
import type { Api } from '../../api/api.ts';
import { en } from '../../i18n/en.ts';
import { ada, bob, done, fakeApi, refused, unreachable } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import UsersPage from './users-page.tsx';

const eve: User = { ...ada, id: 'user_eve', email: 'eve@example.org' };

async function show(overrides: Partial<Api> = {}) {
  const api = fakeApi(overrides);
  const services = await render(<UsersPage me={ada} />, { api });
  await act(async () => services.session.signedIn(ada));
  return { api, session: services.session };
}

async function choose(user: User, action: string) {
  await click(find('button', en.users.actionsFor(user.email)));
  await click(find('[role=menuitem]', action));
}

describe('UsersPage', () => {
  // Menus load after the page; here they stand at once.
  beforeAll(() => import('../../ui/menu-parts.tsx'));

  it('lists everybody with role and dates', async () => {
    await show();
    expect(find('tbody tr', 'ada@example.org').textContent).toContain(en.users.you);
    expect(find('tbody tr', 'ada@example.org').textContent).toContain('Sep 2, 2026');
    expect(find('tbody tr', 'bob@example.org').textContent).toContain(en.users.member);
    expect(document.activeElement?.textContent).toBe(en.users.title);
  });

  it('says why the list is missing and tries again', async () => {
    const { api } = await show({ listUsers: async () => unreachable });
    expect(find('[role=alert]').textContent).toContain(en.users.loadFailed);
    api.listUsers.mockResolvedValue(done([ada]));
    await click(find('button', en.common.tryAgain));
    expect(find('tbody tr', 'ada@example.org')).toBeTruthy();
  });

  it('protects the last administrator and says why', async () => {
    const { api } = await show();
    await click(find('button', en.users.actionsFor(ada.email)));
    for (const action of [en.users.demote, en.users.remove]) {
      const item = find('[role=menuitem]', action);
      expect(item.getAttribute('aria-disabled')).toBe('true');
      expect(item.textContent).toContain(en.users.lastAdministrator);
      await click(item);
    }
    expect(document.querySelector('dialog')).toBeNull();
    expect(api.updateUser).not.toHaveBeenCalled();
  });

  it('promotes at once, says so and shows the new state', async () => {
    const { api } = await show();
    api.listUsers.mockResolvedValue(done([ada, { ...bob, is_admin: true }]));
    await choose(bob, en.users.promote);
    expect(api.updateUser).toHaveBeenCalledExactlyOnceWith(bob.id, { is_admin: true });
    expect(find('[role=status]').textContent).toBe(en.users.promoted(bob.email));
    expect(find('tbody tr', bob.email).textContent).toContain(en.users.administrator);
  });

  it('says when the server refuses a demotion', async () => {
    await show({
      listUsers: async () => done([ada, eve]),
      updateUser: async () => refused(409, 'last_administrator'),
    });
    await choose(eve, en.users.demote);
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.last_administrator);
  });

  it('asks before administrators demote themselves, then takes the change over', async () => {
    const { api, session } = await show({
      listUsers: async () => done([ada, eve]),
      updateUser: async () => done({ ...ada, is_admin: false }),
    });
    await choose(ada, en.users.demote);
    expect(api.updateUser).not.toHaveBeenCalled();
    await click(find('dialog button', en.users.demoteSelf.submit));
    expect(session.get()).toMatchObject({ user: { is_admin: false } });
  });

  it('names the person and what is lost, and deletes only when told to', async () => {
    const { api } = await show();
    await choose(bob, en.users.remove);
    const dialog = find('dialog');
    expect(dialog.textContent).toContain('Delete bob@example.org?');
    for (const loss of en.users.deleteDialog.losses) expect(dialog.textContent).toContain(loss);
    await click(find('dialog button', en.common.cancel));
    expect(document.querySelector('dialog')).toBeNull();
    expect(api.deleteUser).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(find('button', en.users.actionsFor(bob.email)));

    await choose(bob, en.users.remove);
    await click(find('dialog button', en.users.deleteDialog.submit));
    expect(api.deleteUser).toHaveBeenCalledExactlyOnceWith(bob.id);
    expect(document.querySelector('dialog')).toBeNull();
    expect(find('[role=status]').textContent).toBe(en.users.removed(bob.email));
    expect(document.activeElement).toBe(find('button', en.users.add));
  });

  it('keeps the dialog open when a deletion fails', async () => {
    await show({ deleteUser: async () => refused(404, 'not_found') });
    await choose(bob, en.users.remove);
    await click(find('dialog button', en.users.deleteDialog.submit));
    expect(find('dialog [role=alert]').textContent).toBe(en.errors.codes.not_found);
  });

  it('creates a person with a generated password and shows once what to hand over', async () => {
    const { api } = await show();
    await click(find('button', en.users.add));
    await type(field(en.fields.email), 'new@example.org');
    const generated = field(en.users.password.generated).value;
    await submit();
    expect(api.createUser).toHaveBeenCalledExactlyOnceWith(
      { email: 'new@example.org', password: generated },
      false,
    );
    expect(find('dialog').textContent).toContain(en.users.create.doneTitle);
    expect(field(en.fields.password).value).toBe(generated);
    await click(find('dialog button', en.common.done));
    expect(document.body.innerHTML).not.toContain(generated);
    expect(api.listUsers).toHaveBeenCalledTimes(2);
  });

  it('checks a typed password and keeps the form when the address is taken', async () => {
    const { api } = await show({ createUser: async () => refused(400, 'email_taken') });
    await click(find('button', en.users.add));
    await type(field(en.fields.email), 'bob@example.org');
    await click(find('dialog input[value=typed]'));
    await type(field(en.fields.password), 'short');
    await submit();
    expect(api.createUser).not.toHaveBeenCalled();
    expect(descriptionOf(field(en.fields.password))).toContain(en.fields.passwordTooShort);
    await type(field(en.fields.password), 'quite long enough');
    await submit();
    expect(find('dialog [role=alert]').textContent).toBe(en.errors.codes.email_taken);
    expect(field(en.fields.email).value).toBe('bob@example.org');
  });

  it('sets a new password for somebody', async () => {
    const { api } = await show();
    await choose(bob, en.users.reset);
    expect(find('dialog').textContent).toContain(en.users.resetDialog.lead(bob.email));
    const generated = field(en.users.password.generated).value;
    await submit();
    expect(api.updateUser).toHaveBeenCalledExactlyOnceWith(bob.id, { password: generated });
    expect(find('dialog').textContent).toContain(en.users.resetDialog.doneTitle);
  });

  it('hands over the password that was set, even if another one was generated meanwhile', async () => {
    let answer: () => void = () => undefined;
    const { api } = await show({
      updateUser: () => new Promise((resolve) => (answer = () => resolve(done(bob)))),
    });
    await choose(bob, en.users.reset);
    const sent = field(en.users.password.generated).value;
    await submit();
    await click(find('dialog button', en.users.password.another));
    expect(field(en.users.password.generated).value).not.toBe(sent);
    await act(async () => answer());
    expect(api.updateUser).toHaveBeenCalledExactlyOnceWith(bob.id, { password: sent });
    expect(field(en.fields.password).value).toBe(sent);
  });
});
