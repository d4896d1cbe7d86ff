import { act } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PeoplePage, Person, User } from '../../../../src-shared/api/index.ts';
import type { Api } from '../../api/api.ts';
import type { PeopleApi } from '../../api/people.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import {
  ada,
  asPerson,
  bob,
  done,
  fakeApi,
  fakePeople,
  refused,
  unreachable,
} from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import UsersPage from './users-page.tsx';

const eve: User = { ...ada, id: 'user_eve', email: 'eve@example.org' };
const gus: User = { ...bob, id: 'user_gus', email: 'gus@example.org', role: 'guest' };

function pageOf(people: Person[], more: Partial<PeoplePage> = {}) {
  return done({ people, total: people.length, next: null, administrators: 1, ...more });
}

async function show(overrides: Partial<Api> = {}, people: Partial<PeopleApi> = {}) {
  const fake = fakePeople(people);
  const api = fakeApi({ ...overrides, people: fake });
  const services = await render(<UsersPage me={ada} />, { api });
  await act(async () => services.session.signedIn(ada));
  return { api, people: fake, session: services.session };
}

async function choose(user: User, action: string) {
  await click(find('button', en.users.actionsFor(user.email)));
  await click(find('[role=menuitem]', action));
}

async function select(label: string, value: string) {
  const control = field(label) as unknown as HTMLSelectElement;
  await act(async () => {
    control.value = value;
    control.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

const twoAdministrators = {
  page: async () => pageOf([asPerson(ada), asPerson(eve)], { administrators: 2 }),
};

describe('UsersPage', () => {
  // Menus load after the page; here they stand at once.
  beforeAll(() => import('../../ui/menu-parts.tsx'));

  it('lists people with role, state and last sign-in', async () => {
    await show(
      {},
      {
        page: async () =>
          pageOf([
            asPerson(ada, { sessions: 2 }),
            asPerson({ ...bob, password_is_temporary: true }, { last_sign_in_at: null }),
            asPerson({ ...gus, status: 'deactivated' }, { locked_until: '2026-09-03T10:42:00Z' }),
          ]),
      },
    );
    const rowOf = (user: User) => find('tbody tr', user.email).textContent;
    expect(rowOf(ada)).toContain(en.users.you);
    expect(rowOf(ada)).toContain('Sep 3, 2026');
    expect(rowOf(ada)).toContain(en.people.signedIn('2'));
    expect(rowOf(bob)).toContain(en.people.state.temporary);
    expect(rowOf(bob)).toContain(en.people.never);
    expect(rowOf(gus)).toContain(en.people.guest);
    expect(rowOf(gus)).toContain(en.people.state.deactivated);
    expect(rowOf(gus)).toContain('Locked until');
    expect(document.activeElement?.textContent).toBe(en.users.title);
  });

  it('says why the list is missing and tries again', async () => {
    const { people } = await show({}, { page: async () => unreachable });
    expect(find('[role=alert]').textContent).toContain(en.users.loadFailed);
    people.page.mockResolvedValue(pageOf([asPerson(ada)]));
    await click(find('button', en.common.tryAgain));
    expect(find('tbody tr', 'ada@example.org')).toBeTruthy();
  });

  it('asks the server for whom is looked for, once typing rests, and says when nobody matches', async () => {
    const { people } = await show();
    people.page.mockResolvedValue(pageOf([], { total: 0 }));
    await type(field(en.people.filters.search), 'nob');
    await type(field(en.people.filters.search), 'nobody');
    await select(en.people.filters.role, 'guest');
    await select(en.people.filters.state, 'temporary');
    await expect
      .poll(() => people.page.mock.lastCall?.[0])
      .toEqual({
        query: 'nobody',
        role: 'guest',
        status: 'temporary',
        limit: 50,
      });
    expect(people.page.mock.calls.some(([{ query }]) => query === 'nob')).toBe(false);
    await expect.poll(() => document.body.textContent).toContain(en.people.noneTitle);
    people.page.mockResolvedValue(pageOf([asPerson(ada)]));
    await click(find('button', en.people.filters.reset));
    await expect.poll(() => document.querySelectorAll('tbody tr')).toHaveLength(1);
  });

  it('shows more a step at a time, and keeps what is shown when that fails', async () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      asPerson({ ...bob, id: `user_${index}`, email: `p${index}@example.org` }),
    );
    const { people } = await show(
      {},
      {
        page: async ({ limit = 50 }) =>
          pageOf(many.slice(0, limit), { total: 100, next: limit < 100 ? `user_${limit - 1}` : null }),
      },
    );
    expect(find('[role=status]', '50').textContent).toBe(en.people.shown('50', '100'));
    people.page.mockResolvedValueOnce(unreachable);
    await click(find('button', en.people.more));
    expect(find('[role=alert]').textContent).toBe(en.errors.unreachable);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(50);
    await click(find('button', en.people.more));
    expect(document.querySelectorAll('tbody tr')).toHaveLength(100);
    expect(find('[role=status]').textContent).toBe(en.users.count(100));
    expect([...document.querySelectorAll('button')].some((b) => b.textContent === en.people.more)).toBe(
      false,
    );
  });

  it('protects the last administrator and says why', async () => {
    const { api } = await show();
    await click(find('button', en.users.actionsFor(ada.email)));
    for (const action of [en.people.actions.role, en.people.actions.deactivate, en.users.remove]) {
      const item = find('[role=menuitem]', action);
      expect(item.getAttribute('aria-disabled')).toBe('true');
      expect(item.textContent).toContain(en.users.lastAdministrator);
      await click(item);
    }
    expect(document.querySelector('dialog')).toBeNull();
    expect(api.updateUser).not.toHaveBeenCalled();
  });

  it('changes a role, after saying what is lost', async () => {
    const texts = en.people.roleDialog;
    const { api } = await show({ updateUser: async () => done({ ...bob, role: 'guest' }) });
    await choose(bob, en.people.actions.role);
    expect(find('dialog [role=status]').textContent).toContain(texts.same);
    await click(find('dialog input[value=guest]'));
    const effects = find('dialog [role=status]').textContent;
    for (const effect of [texts.signedOut(bob.email), texts.becomesGuest, texts.nothingKept]) {
      expect(effects).toContain(effect);
    }
    expect(effects).not.toContain(texts.own);
    await submit();
    expect(api.updateUser).toHaveBeenCalledExactlyOnceWith(bob.id, { role: 'guest' });
    expect(document.querySelector('dialog')).toBeNull();
    expect(find('[role=status]').textContent).toBe(en.people.roleChanged(bob.email, en.people.guest));
  });

  it('says what a guest loses, and what comes back', async () => {
    const texts = en.people.roleDialog;
    await show({}, { page: async () => pageOf([asPerson(ada), asPerson(gus)]) });
    await choose(gus, en.people.actions.role);
    await click(find('dialog input[value=user]'));
    const effects = find('dialog [role=status]').textContent;
    expect(effects).toContain(texts.stopsBeingGuest);
    expect(effects).toContain(texts.backAgain);
  });

  it('says when the server refuses a change', async () => {
    await show({ updateUser: async () => refused(409, 'last_administrator') }, twoAdministrators);
    await choose(eve, en.people.actions.role);
    await click(find('dialog input[value=user]'));
    await submit();
    expect(find('dialog [role=alert]').textContent).toBe(en.errors.codes.last_administrator);
  });

  it('tells administrators that they are changing themselves, and signs them out then', async () => {
    const { session } = await show(
      { updateUser: async () => done({ ...ada, is_admin: false, role: 'user' }) },
      twoAdministrators,
    );
    await choose(ada, en.people.actions.role);
    await click(find('dialog input[value=user]'));
    expect(find('dialog [role=status]').textContent).toContain(en.people.roleDialog.own);
    await submit();
    expect(session.get()).toMatchObject({ kind: 'guest', ended: false });
  });

  it('deactivates only when told to, and activates at once', async () => {
    const texts = en.people.deactivateDialog;
    const { api, people } = await show();
    await choose(bob, en.people.actions.deactivate);
    for (const effect of [...texts.effects, texts.kept]) expect(find('dialog').textContent).toContain(effect);
    await click(find('dialog button', en.common.cancel));
    expect(api.updateUser).not.toHaveBeenCalled();
    await choose(bob, en.people.actions.deactivate);
    people.page.mockResolvedValue(pageOf([asPerson(ada), asPerson({ ...bob, status: 'deactivated' })]));
    await click(find('dialog button', texts.submit));
    expect(api.updateUser).toHaveBeenLastCalledWith(bob.id, { is_active: false });
    expect(find('[role=status]').textContent).toBe(en.people.deactivated(bob.email));
    await choose(bob, en.people.actions.activate);
    expect(api.updateUser).toHaveBeenLastCalledWith(bob.id, { is_active: true });
    expect(find('[role=status]').textContent).toBe(en.people.activated(bob.email));
  });

  it('shows where somebody is signed in, and ends one session or all', async () => {
    const { people } = await show();
    await choose(bob, en.people.actions.sessions);
    expect(find('dialog li').textContent).toContain('Firefox on Linux');
    await click(find('dialog li button', en.people.sessions.endOf(en.people.sessions.unknownPlace)));
    expect(people.endSessionsOf).toHaveBeenLastCalledWith(bob.id, { one: 'ses_2' });
    expect(find('dialog [role=status]').textContent).toBe(en.people.sessions.ended);
    people.sessionsOf.mockResolvedValue(done([]));
    await click(find('dialog button', en.people.sessions.endAll));
    expect(people.endSessionsOf).toHaveBeenLastCalledWith(bob.id, 'all');
    expect(find('dialog').textContent).toContain(en.people.sessions.none);
  });

  it('lets somebody who is locked out sign in again', async () => {
    const { people } = await show(
      {},
      { page: async () => pageOf([asPerson(bob, { locked_until: '2026-09-03T10:42:00Z' })]) },
    );
    await choose(bob, en.people.actions.liftLock);
    expect(people.liftLock).toHaveBeenCalledExactlyOnceWith(bob.id);
    expect(find('[role=status]').textContent).toBe(en.people.lockLifted(bob.email));
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
    const { api, people } = await show();
    await click(find('button', en.users.add));
    await type(field(en.fields.email), 'new@example.org');
    const generated = field(en.users.password.generated).value;
    await submit();
    expect(api.createUser).toHaveBeenCalledExactlyOnceWith(
      { email: 'new@example.org', password: generated },
      'user',
    );
    expect(find('dialog').textContent).toContain(en.users.create.doneTitle);
    expect(field(en.fields.password).value).toBe(generated);
    await click(find('dialog button', en.common.done));
    expect(document.body.innerHTML).not.toContain(generated);
    expect(people.page).toHaveBeenCalledTimes(2);
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
