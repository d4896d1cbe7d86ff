import { act } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { ada, fakeApi, refused } from '../../testing/fake-api.ts';
import { fakeDesktop } from '../../testing/fake-desktop.ts';
import { click, descriptionOf, field, find, render, submit, type } from '../../testing/render.tsx';
import { SetupPage } from './setup-page.tsx';

beforeEach(() => window.history.replaceState(null, '', '/'));

describe('SetupPage', () => {
  it('creates the administrator with the token of the address', async () => {
    const { api, session } = await render(<SetupPage />, { setupToken: 'one-time' });
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'correct horse');
    await submit();
    expect(api.setUp).toHaveBeenCalledExactlyOnceWith('one-time', {
      email: 'ada@example.org',
      password: 'correct horse',
    });
    expect(session.get()).toMatchObject({ kind: 'signed-in', user: ada });
  });

  it('asks the desktop shell for the token', async () => {
    const { api } = await render(<SetupPage />, {
      desktop: fakeDesktop({ setupToken: async () => 'from-desktop' }),
    });
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'correct horse');
    await submit();
    expect(api.setUp).toHaveBeenCalledWith('from-desktop', expect.anything());
  });

  it('explains where to find the link without one, and takes a link that is opened later', async () => {
    await render(<SetupPage />);
    expect(find('h1').textContent).toBe(en.setup.noTokenTitle);
    expect(document.querySelector('input')).toBeNull();
    await act(async () => {
      window.history.replaceState(null, '', '/setup#token=later');
      window.dispatchEvent(new Event('hashchange'));
    });
    expect(find('h1').textContent).toBe(en.setup.title);
    expect(window.location.hash).toBe('');
  });

  it('refuses a short password before anything is sent', async () => {
    const { api } = await render(<SetupPage />, { setupToken: 'one-time' });
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'short');
    await submit();
    expect(api.setUp).not.toHaveBeenCalled();
    expect(descriptionOf(field(en.fields.password))).toContain(en.fields.passwordTooShort);
    expect(descriptionOf(field(en.fields.password))).toContain(en.fields.passwordHint);
  });

  it('says what to do with an old link', async () => {
    await render(<SetupPage />, {
      setupToken: 'old',
      api: fakeApi({ setUp: async () => refused(403, 'setup_token') }),
    });
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'correct horse');
    await submit();
    expect(find('[role=alert]').textContent).toBe(en.errors.codes.setup_token);
  });

  it('leads to signing in when somebody was faster', async () => {
    const { session } = await render(<SetupPage />, {
      setupToken: 'one-time',
      api: fakeApi({ setUp: async () => refused(409, 'setup_done') }),
    });
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'correct horse');
    await submit();
    await click(find('button', en.login.submit));
    expect(session.get().kind).toBe('guest');
  });
});
