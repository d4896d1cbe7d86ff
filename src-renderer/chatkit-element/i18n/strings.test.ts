import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { fill, languageFor } from './strings.ts';

describe('strings', () => {
  it('has the same holes in both languages and nothing left in English', () => {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    const same = new Set(['suggestions', 'conversation', 'message', 'sources', 'image', 'assistant']);
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(holes(fr[key]), key).toEqual(holes(en[key]));
      if (!same.has(key)) expect(fr[key], key).not.toBe(en[key]);
    }
  });

  it('sets French punctuation with non-breaking spaces and curly apostrophes', () => {
    for (const [key, text] of Object.entries(fr)) {
      expect(text, key).not.toMatch(/ [:;?!»]|« |'/);
    }
  });

  it('accepts any locale and falls back to English strings', () => {
    expect(languageFor('fr-CA').strings.send).toBe(fr.send);
    expect(languageFor('am')).toMatchObject({ locale: 'am', stringsLocale: 'en', dir: 'ltr' });
    expect(languageFor('ar').dir).toBe('rtl');
    expect(languageFor('zh-Hant').locale).toBe('zh-Hant');
    expect(languageFor('not a locale!').locale).toBe('en');
    expect(languageFor(undefined).locale).toBe('en');
  });

  it('fills holes with values as they are and leaves unknown ones', () => {
    expect(fill('“{name}” {other}', { name: '$& {other}' })).toBe('“$& {other}” {other}');
  });
});
