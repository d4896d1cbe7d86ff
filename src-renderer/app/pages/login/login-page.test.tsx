import { act } from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { en } from '../../i18n/en.ts';
import { dictionaryOf } from '../../i18n/locale.ts';
import { ada, fakeApi, fakeSecurity, refused, unreachable } from '../../testing/fake-api.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import { LoginPage } from './login-page.tsx';

async function fillIn() {
  await type(field(en.fields.email), 'ada@example.org');
  await type(field(en.fields.password), 'correct horse');
}

describe('LoginPage', () => {
  it('signs in with what was typed', async () => {
    const { api, session } = await render(<LoginPage ended={false} />);
    await fillIn();
    await submit();
    expect(api.signIn).toHaveBeenCalledExactlyOnceWith(
      { email: 'ada@example.org', password: 'correct horse' },
      false,
    );
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
  });

  it('marks what is missing, ties the message to the field, and moves there', async () => {
    const { api } = await render(<LoginPage ended={false} />);
    await type(field(en.fields.email), 'ada@example.org');
    await submit();
    expect(api.signIn).not.toHaveBeenCalled();
    const password = field(en.fields.password);
    expect(field(en.fields.email).getAttribute('aria-invalid')).toBeNull();
    expect(password.getAttribute('aria-invalid')).toBe('true');
    expect(descriptionOf(password)).toContain(en.fields.passwordMissing);
    expect(document.activeElement).toBe(password);
  });

  it('says aloud that mail or password is wrong, and keeps both', async () => {
    await render(<LoginPage ended={false} />, {
      api: fakeApi({ signIn: async () => refused(401, 'invalid_credentials') }),
    });
    await fillIn();
    await submit();
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.invalid_credentials);
    expect(field(en.fields.email).value).toBe('ada@example.org');
    expect(field(en.fields.password).value).toBe('correct horse');
  });

  it('says when Foyer does not answer, and can try again', async () => {
    const api = fakeApi({ signIn: async () => unreachable });
    const { session } = await render(<LoginPage ended={false} />, { api });
    await fillIn();
    await submit();
    expect(find('[role=alert]').textContent).toBe(en.errors.unreachable);
    api.signIn.mockResolvedValue({ ok: true, value: ada });
    await submit();
    expect(session.get().kind).toBe('signed-in');
  });

  it('sends once, however often the button is pressed', async () => {
    let answer: (result: ReturnType<typeof refused>) => void = () => undefined;
    const api = fakeApi({ signIn: () => new Promise((resolve) => (answer = resolve)) });
    await render(<LoginPage ended={false} />, { api });
    await fillIn();
    await submit();
    await submit();
    await click(find('button[type=submit]'));
    expect(api.signIn).toHaveBeenCalledOnce();
    expect(find('button[type=submit]').textContent).toBe(en.login.submitting);
    await act(async () => answer(refused(401, 'invalid_credentials')));
    expect(find('button[type=submit]').textContent).toBe(en.login.submit);
  });

  it('counts down when there were too many attempts, and sends nothing before', async () => {
    vi.useFakeTimers();
    try {
      const throttled = {
        ok: false,
        failure: { kind: 'refused', status: 429, code: 'too_many_attempts', message: '', retryAfter: 65 },
      } as const;
      const api = fakeApi({ signIn: async () => throttled });
      const { session } = await render(<LoginPage ended={false} />, { api });
      await fillIn();
      await submit();
      expect(find('[role=alert]').textContent).toBe(en.errors.codes.too_many_attempts);
      expect(find('button[type=submit]').textContent).toBe(en.login.tryAgainIn('1:05'));
      await act(async () => vi.advanceTimersByTime(60_000));
      expect(find('button[type=submit]').textContent).toBe(en.login.tryAgainIn('0:05'));
      await submit();
      expect(api.signIn).toHaveBeenCalledOnce();
      await act(async () => vi.advanceTimersByTime(5_250));
      expect(find('button[type=submit]').textContent).toBe(en.login.submit);
      api.signIn.mockResolvedValue({ ok: true, value: ada });
      await submit();
      expect(session.get().kind).toBe('signed-in');
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows and hides the password', async () => {
    await render(<LoginPage ended={false} />);
    expect(field(en.fields.password).type).toBe('password');
    await click(find('button', en.fields.showPassword));
    expect(field(en.fields.password).type).toBe('text');
    await click(find('button', en.fields.hidePassword));
    expect(field(en.fields.password).type).toBe('password');
  });

  it('warns of Caps Lock', async () => {
    await render(<LoginPage ended={false} />);
    const press = (on: boolean) =>
      act(async () => {
        const event = new KeyboardEvent('keydown', { key: 'a', bubbles: true });
        Object.defineProperty(event, 'getModifierState', {
          value: (key: string) => on && key === 'CapsLock',
        });
        field(en.fields.password).dispatchEvent(event);
      });
    await press(true);
    expect(document.body.textContent).toContain(en.fields.capsLock);
    await press(false);
    expect(document.body.textContent).not.toContain(en.fields.capsLock);
  });

  it('does not take the rest of a sentence for an address when a session ends in the middle of it', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    await render(<LoginPage ended />);
    const address = field(en.fields.email);
    for (const key of 'words') {
      expect(document.activeElement).not.toBe(address);
      document.dispatchEvent(new KeyboardEvent('keydown', { key }));
      vi.advanceTimersByTime(300);
    }
    vi.advanceTimersByTime(600);
    expect(document.activeElement).toBe(address);
  });

  it('tells those whose session ended why they are here', async () => {
    await render(<LoginPage ended />);
    expect(find('[role=status]', en.errors.signedOut)).toBeTruthy();
  });

  it('changes language without losing what was typed', async () => {
    await render(<LoginPage ended={false} />);
    await type(field(en.fields.email), 'ada@example.org');
    await click(find('button', 'Français'));
    // The first time, the words have to be loaded.
    await act(() => dictionaryOf('fr'));
    expect(find('h1').textContent).toBe('Connexion');
    expect(document.title).toBe('Connexion · Foyer');
    expect(field('Adresse e-mail').value).toBe('ada@example.org');
    await click(find('button', 'English'));
  });

  describe('with a second factor', () => {
    const required = {
      ok: false,
      failure: { kind: 'refused', status: 401, code: 'second_factor_required', message: '', challenge: 'ch' },
    } as const;
    const second = en.security.signIn;

    async function toSecondStep(overrides: Parameters<typeof fakeSecurity>[0] = {}) {
      const security = fakeSecurity(overrides);
      const api = fakeApi({ signIn: async () => required, security });
      const { session } = await render(<LoginPage ended={false} />, { api });
      await fillIn();
      await submit();
      return { api, session };
    }

    it('asks for a code after the password, and signs in with it', async () => {
      const { api, session } = await toSecondStep();
      expect(find('h1').textContent).toBe(second.secondTitle);
      await type(field(en.security.factor.anyCode), '123456');
      await submit();
      expect(api.security.answerChallenge).toHaveBeenCalledExactlyOnceWith('ch', '123456', false);
      expect(session.get()).toMatchObject({ kind: 'signed-in' });
    });

    it('goes back to the password, with the reason, when that took too long', async () => {
      const { session } = await toSecondStep({
        answerChallenge: async () => refused(401, 'challenge_expired'),
      });
      await type(field(en.security.factor.anyCode), '123456');
      await submit();
      expect(find('[role=status]').textContent).toContain('challenge_expired');
      expect(field(en.fields.password).value).toBe('');
      expect(session.get().kind).not.toBe('signed-in');
    });
  });

  it('a sealed person whose password opens nothing is asked for what does', async () => {
    const api = fakeApi({
      signIn: async () => ({
        ok: true,
        value: { ...ada, protection: 'sealed', password_is_temporary: true },
      }),
      me: async () => refused(423, 'history_closed'),
    });
    const { session } = await render(<LoginPage ended={false} />, { api });
    await fillIn();
    await submit();
    expect(session.get().kind).toBe('closed');
  });

  it('sets a new password with a recovery code, shows the next code, and leads back', async () => {
    const { api } = await render(<LoginPage ended={false} />);
    const texts = en.security.signIn;
    await click(find('button', texts.recover));
    await submit();
    expect(document.activeElement).toBe(field(en.fields.email));
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.security.recoveryCode.label), 'acdef ghjkl');
    await type(field(en.fields.newPassword), 'a long new password');
    await submit();
    expect(api.security.recover).toHaveBeenCalledExactlyOnceWith({
      email: 'ada@example.org',
      code: 'acdef ghjkl',
      new_password: 'a long new password',
    });
    expect(find('h1').textContent).toBe(en.security.recoveryCode.newOne);
    await click(find('button', texts.toSignIn));
    expect(find('[role=status]').textContent).toContain(texts.recovered);
  });
});
