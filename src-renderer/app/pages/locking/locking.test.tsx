import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { App } from '../../app.tsx';
import { en } from '../../i18n/en.ts';
import { ada, adaTile, bob, bobTile, done, fakeApi, refused } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import { LoginPage } from '../login/login-page.tsx';
import { initialsOf } from './avatar.tsx';
import { LockScreen } from './lock-screen.tsx';

const t = en.locking;
const lockedAs =
  (person = adaTile) =>
  async () =>
    done({ state: 'locked' as const, person });

describe('initials', () => {
  it.each([
    ['ada', 'A'],
    ['ada.lovelace', 'AL'],
    ['jean-luc.picard', 'JP'],
    ['bob@example.org', 'B'],
    ['élodie', 'É'],
    ['', ''],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('the lock screen', () => {
  it('unlocks with the PIN, tapped or typed', async () => {
    const { api, session } = await render(<LockScreen person={adaTile} />);
    expect(document.activeElement).toBe(field(t.pin));
    for (const digit of ['8', '2', '9', '4', '1']) await click(find('fieldset button', digit));
    await click(find('button', t.deleteDigit));
    expect(field(t.pin).value).toBe('8294');
    await type(field(t.pin), '8294 1a7');
    expect(field(t.pin).value, 'digits only').toBe('829417');
    await submit();
    expect(api.signInWithPin).toHaveBeenCalledExactlyOnceWith(ada.id, '829417');
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
  });

  it('names the tries that are left, and takes the PIN away when there are none', async () => {
    const api = fakeApi({
      signInWithPin: async () => refused(401, 'wrong_pin'),
      lockState: lockedAs({ ...adaTile, pin_tries: 2 }),
    });
    await render(<LockScreen person={adaTile} />, { api });
    await type(field(t.pin), '111111');
    await submit();
    expect(field(t.pin).value).toBe('');
    expect(find('[role=alert]').textContent).toBe(t.wrongPin(2));
    expect(descriptionOf(field(t.pin))).toContain(t.wrongPin(2));
    api.signInWithPin.mockResolvedValue(refused(401, 'pin_gone'));
    await type(field(t.pin), '222222');
    await submit();
    expect(find('[role=alert]').textContent).toBe(t.codes.pin_gone);
    expect(find('button', t.open)).toBeTruthy();
    expect(field(en.fields.password).type).toBe('password');
    expect(document.body.textContent).not.toContain(t.usePin);
  });

  it('asks for the password where there is no PIN, or when it is wanted', async () => {
    const { api, session } = await render(<LockScreen person={adaTile} />);
    await click(find('button', t.usePassword));
    await type(field(en.fields.password), 'correct horse');
    await submit();
    expect(api.signInAs).toHaveBeenCalledExactlyOnceWith(ada.id, 'correct horse');
    expect(session.get().kind).toBe('signed-in');
  });

  it('says that a password is wrong', async () => {
    const api = fakeApi({ signInAs: async () => refused(401, 'invalid_credentials') });
    await render(<LockScreen person={{ ...adaTile, pin_tries: null }} />, { api });
    await submit();
    expect(descriptionOf(field(en.fields.password))).toContain(en.fields.passwordMissing);
    await type(field(en.fields.password), 'wrong');
    await submit();
    expect(find('[role=alert]').textContent).toBe(t.wrongPassword);
  });

  it('asks for a code after the password where there is a second factor', async () => {
    const required = {
      ok: false,
      failure: { kind: 'refused', status: 401, code: 'second_factor_required', message: '', challenge: 'ch' },
    } as const;
    const api = fakeApi({ signInAs: async () => required });
    const { session } = await render(<LockScreen person={{ ...adaTile, pin_tries: null }} />, { api });
    await type(field(en.fields.password), 'correct horse');
    await submit();
    await type(field(en.security.factor.anyCode), '123456');
    await submit();
    expect(api.security.answerChallenge).toHaveBeenCalledExactlyOnceWith('ch', '123456', false);
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
  });

  it('lets somebody else in, and leads back', async () => {
    const api = fakeApi({ devicePeople: async () => done([bobTile, adaTile]) });
    await render(<LockScreen person={adaTile} />, { api });
    await click(find('button', t.switchPerson));
    expect([...document.querySelectorAll('li strong')].map((name) => name.textContent)).toEqual([
      'bob',
      'ada',
    ]);
    await click(find('button', t.backToLocked));
    expect(field(t.pin)).toBeTruthy();
  });

  it('signs out', async () => {
    const api = fakeApi({ me: async () => refused(401, 'unauthorized') });
    const { session } = await render(<LockScreen person={adaTile} />, { api });
    await click(find('button', t.signOutOf));
    expect(api.signOut).toHaveBeenCalledOnce();
    expect(session.get().kind).toBe('guest');
  });

  it('gives nothing away in the title, and leaves nothing of the page', async () => {
    window.history.replaceState(null, '', '/admin');
    const { session } = await render(<App />, { api: fakeApi() });
    for (let i = 0; i < 100 && !document.body.textContent.includes(bob.email); i += 1) {
      await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
    }
    expect(document.body.textContent).toContain(bob.email);
    await act(async () => session.locking());
    expect(document.title).toBe(en.common.pageTitle(t.locked));
    expect(document.body.innerHTML).not.toContain('example.org');
    expect(window.location.pathname, 'the address stays').toBe('/admin');
    expect(document.querySelector('input, form'), 'nothing is typed into a page that goes').toBeNull();
    expect(document.activeElement?.textContent, 'a screen reader says it').toBe(t.locked);
    await act(async () => session.lockingUnanswered());
    expect(find('[role=status]').textContent).toBe(t.unanswered);
  });
});

describe('the sign-in page', () => {
  const api = () => fakeApi({ devicePeople: async () => done([adaTile, bobTile]) });

  it('shows who agreed, and signs them in', async () => {
    const services = await render(<LoginPage ended={false} />, { api: api() });
    expect(find('ul').getAttribute('aria-label')).toBe(t.peopleList);
    await click(find('li button', 'bob'));
    await type(field(en.fields.password), 'battery staple');
    await submit();
    expect(services.api.signInAs).toHaveBeenCalledExactlyOnceWith(bob.id, 'battery staple');
  });

  it('takes a person off, and says what that means', async () => {
    const faked = api();
    faked.hidePerson.mockResolvedValue(done([adaTile]));
    await render(<LoginPage ended={false} />, { api: faked });
    await click(find('button', t.remove('bob')));
    expect(faked.hidePerson).toHaveBeenCalledExactlyOnceWith(bob.id);
    expect(find('[role=status]').textContent).toBe(t.removed('bob'));
    expect(document.querySelectorAll('li')).toHaveLength(1);
  });

  it('has the form for everybody else, with the wish to be shown', async () => {
    const services = await render(<LoginPage ended={false} />, { api: api() });
    await click(find('button', t.someoneElse));
    await type(field(en.fields.email), 'eve@example.org');
    await type(field(en.fields.password), 'a password of hers');
    expect(field(t.showHere).checked, 'nobody agreed yet').toBe(false);
    await click(field(t.showHere));
    await submit();
    expect(services.api.signIn).toHaveBeenCalledExactlyOnceWith(
      { email: 'eve@example.org', password: 'a password of hers' },
      true,
    );
  });

  it('tells those whose session ended why they are here', async () => {
    await render(<LoginPage ended />, { api: api() });
    expect(find('[role=status]', en.errors.signedOut)).toBeTruthy();
  });
});
