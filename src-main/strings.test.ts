import { expect, it, vi } from 'vitest';
import { menuTemplate } from './menu.ts';
import { shellStrings, startFailure } from './strings.ts';

it('has every text in both languages, and different ones', () => {
  const [en, fr] = [shellStrings('en-GB'), shellStrings('fr-CA')];
  for (const [key, text] of Object.entries(fr)) {
    expect(text).not.toBe('');
    expect([key, text]).not.toEqual([key, en[key as keyof typeof en]]);
  }
  expect(shellStrings('de')).toBe(en);
});

it.each([
  [{ name: 'DataInUseError' }, 'dataInUse'],
  [{ name: 'DatabaseFromFutureError' }, 'fromFuture'],
  [{ name: 'DatabaseKeyError' }, 'damaged'],
  [{ name: 'SettingsError' }, 'badSettings'],
  [{ code: 'EADDRINUSE' }, 'portTaken'],
  [{ code: 'EACCES' }, 'noAccess'],
  [{ code: 'ENOSPC' }, 'diskFull'],
  [{ name: 'SqliteError', code: 'SQLITE_CORRUPT' }, 'damaged'],
  [{}, 'startFailedDetail'],
] as const)('explains why Foyer did not start: %j', (properties, expected) => {
  for (const strings of [shellStrings('en'), shellStrings('fr')]) {
    const text = startFailure(Object.assign(new Error('the reason'), properties), strings);
    expect(text).toBe(`${strings[expected]}\n\nthe reason`);
  }
});

it('explains what was thrown even when it is no error', () => {
  expect(startFailure('text', shellStrings('en'))).toContain('text');
});

it('writes French with its own marks', () => {
  for (const text of Object.values(shellStrings('fr'))) {
    expect(text).not.toMatch(/'|"|[^\u00a0\u202f][;:?!»]|«[^\u00a0\u202f]/);
  }
});

it('offers developer tools to developers only', () => {
  const roles = (development: boolean) =>
    JSON.stringify(menuTemplate(shellStrings('en'), { mac: false, development, lock: () => undefined }));
  expect(roles(true)).toContain('toggleDevTools');
  expect(roles(false)).not.toContain('toggleDevTools');
  expect(roles(false)).not.toContain('"reload"');
});

it('locks from the menu, on every system', () => {
  for (const mac of [true, false]) {
    const lock = vi.fn();
    const items = menuTemplate(shellStrings('en'), { mac, development: false, lock }).flatMap(
      ({ submenu }) => (Array.isArray(submenu) ? submenu : []),
    );
    const item = items.find(({ label }) => label === 'Lock');
    expect(item?.accelerator).toBe('CommandOrControl+Shift+L');
    item?.click?.({} as never, undefined, {} as never);
    expect(lock).toHaveBeenCalledOnce();
  }
});
