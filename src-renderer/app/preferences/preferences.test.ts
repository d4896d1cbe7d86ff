import { beforeEach, describe, expect, it } from 'vitest';
import { preferenceCookie, readPreferences } from './preferences.ts';
import { createPreferencesStore } from './preferences-store.ts';

function forget(target: Document, cookie: string): void {
  target.cookie = `${cookie}=; Path=/; Max-Age=0`;
}

describe('readPreferences', () => {
  it('follows the system without a stored choice', () => {
    expect(readPreferences('', ['fr-FR'])).toEqual({ theme: 'system', locale: 'fr' });
  });

  it('reads what was stored, beside other cookies', () => {
    const cookies = 'a=1; foyer_theme=dark; foyer_locale=en; b=c=d';
    expect(readPreferences(cookies, ['fr'])).toEqual({ theme: 'dark', locale: 'en' });
  });

  it('ignores damaged choices', () => {
    expect(readPreferences('foyer_theme=<b>; foyer_locale=xx', ['fr'])).toEqual({
      theme: 'system',
      locale: 'fr',
    });
  });

  it('does not travel to other sites', () => {
    expect(preferenceCookie('theme', 'dark')).toContain('SameSite=Strict');
  });
});

describe('createPreferencesStore', () => {
  beforeEach(() => {
    forget(document, 'foyer_theme');
    forget(document, 'foyer_locale');
    delete document.documentElement.dataset.theme;
  });

  it('applies choices to the document at once and keeps them', () => {
    const store = createPreferencesStore(document, ['en']);
    expect(document.documentElement.lang).toBe('en');
    expect(document.documentElement.dataset.theme).toBeUndefined();
    store.setTheme('dark');
    store.setLocale('fr');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.lang).toBe('fr');
    expect(createPreferencesStore(document, ['en']).get()).toEqual({ theme: 'dark', locale: 'fr' });
  });

  it('goes back to the system’s scheme', () => {
    const store = createPreferencesStore(document, ['en']);
    store.setTheme('dark');
    store.setTheme('system');
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
