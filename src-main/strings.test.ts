import { expect, it } from 'vitest';
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

it('explains why Foyer did not start', () => {
  const named = (name: string) => Object.assign(new Error('reason'), { name });
  const strings = shellStrings('en');
  expect(startFailure(named('DataInUseError'), strings)).toBe(strings.dataInUse);
  expect(startFailure(named('DatabaseFromFutureError'), strings)).toBe(strings.fromFuture);
  expect(startFailure(named('SettingsError'), strings)).toContain('reason');
  expect(startFailure('text', strings)).toContain('text');
});

it('offers developer tools to developers only', () => {
  const roles = (development: boolean) =>
    JSON.stringify(menuTemplate(shellStrings('en'), { mac: false, development }));
  expect(roles(true)).toContain('toggleDevTools');
  expect(roles(false)).not.toContain('toggleDevTools');
  expect(roles(false)).not.toContain('"reload"');
});
