import { act } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from './app.tsx';
import { fullEn as en } from './i18n/full-en.ts';
import { ada, done, fakeApi, refused, unreachable } from './testing/fake-api.ts';
import { click, field, find, render, submit, type } from './testing/render.tsx';

/** Pages are loaded on demand: waits until one is there. */
async function appears(selector: string, text: string) {
  for (let turn = 0; turn < 200; turn += 1) {
    const found = [...document.querySelectorAll(selector)].some((element) =>
      element.textContent?.includes(text),
    );
    if (found) return;
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
  }
  find(selector, text);
}

const guest = async () => refused(401, 'unauthorized');

describe('App', () => {
  beforeEach(() => window.history.replaceState(null, '', '/admin'));

  it('sends guests to sign in, and afterwards to where they wanted to go', async () => {
    await render(<App />, { api: fakeApi({ me: guest }) });
    expect(window.location.pathname).toBe('/login');
    await appears('label', en.fields.email);
    await type(field(en.fields.email), 'ada@example.org');
    await type(field(en.fields.password), 'correct horse');
    await submit();
    await appears('h1', en.users.title);
    expect(window.location.pathname).toBe('/admin');
  });

  it('sends everybody to the set-up while nobody has an account', async () => {
    await render(<App />, { api: fakeApi({ me: guest, setupNeeded: async () => done(true) }) });
    expect(window.location.pathname).toBe('/setup');
    await appears('h1', en.setup.noTokenTitle);
  });

  it('says when Foyer does not answer, and asks again', async () => {
    const api = fakeApi({ me: async () => unreachable });
    await render(<App />, { api });
    expect(find('[role=alert]').textContent).toContain(en.errors.unreachable);
    api.me.mockResolvedValue(done(ada));
    await click(find('button', en.common.tryAgain));
    await appears('h1', en.users.title);
  });

  it('leaves a page when the session ends, and says why', async () => {
    const { session } = await render(<App />, { api: fakeApi() });
    await appears('h1', en.users.title);
    await act(async () => session.ended());
    expect(window.location.pathname).toBe('/login');
    await appears('[role=status]', en.errors.signedOut);
  });

  it('shows administrators’ links to administrators only', async () => {
    window.history.replaceState(null, '', '/admin/settings');
    const { session } = await render(<App />, { api: fakeApi() });
    await appears('h1', en.settings.title);
    expect(find('nav a', en.administration.nav.users).getAttribute('href')).toBe('/admin');
    expect(find('nav a[aria-current=page]').textContent).toBe(en.administration.nav.settings);
    await act(async () => session.changed({ ...ada, is_admin: false }));
    expect(window.location.pathname).toBe('/');
    expect(document.querySelectorAll('nav a')).toHaveLength(1);
  });

  it('signs out only when the server agreed', async () => {
    const api = fakeApi({ signOut: async () => unreachable });
    const { session } = await render(<App />, { api });
    await appears('h1', en.users.title);
    const signOut = async () => {
      await click(find('button', en.nav.accountOf(ada.email)));
      await click(find('[role=menuitem]', en.nav.signOut));
    };
    await signOut();
    expect(session.get().kind).toBe('signed-in');
    api.signOut.mockResolvedValue(done(undefined));
    await signOut();
    expect(session.get()).toMatchObject({ kind: 'guest', ended: false });
  });

  it('moves the focus to the heading of the new page', async () => {
    await render(<App />, { api: fakeApi() });
    await appears('h1', en.users.title);
    await click(find('nav a', en.administration.nav.settings));
    await appears('h1', en.settings.title);
    expect(document.activeElement).toBe(find('h1', en.settings.title));
    expect(document.title).toBe(en.common.pageTitle(en.settings.title));
  });
});
