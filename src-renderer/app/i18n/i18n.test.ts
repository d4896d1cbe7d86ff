import { describe, expect, it } from 'vitest';
import { failureText } from './failure-text.ts';
import { fullDictionaryOf } from './full-dictionary.ts';
import { fullEn as en } from './full-en.ts';
import { fullFr as fr } from './full-fr.ts';
import { keychainProblem } from './keychain-text.ts';
import { dictionaryOf, preferredLocale, regional } from './locale.ts';

type Leaves = Map<string, string>;

function leavesOf(value: unknown, path: string, found: Leaves): Leaves {
  if (typeof value === 'string') found.set(path, value);
  // Sentences with a parameter: one that reads well as a word and as a number.
  else if (typeof value === 'function') found.set(path, String(value(3)));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) leavesOf(child, `${path}.${key}`, found);
  }
  return found;
}

const english = leavesOf(en, '', new Map());
const french = leavesOf(fr, '', new Map());

describe('dictionaries', () => {
  it('are there at once in English, and loaded once in French', async () => {
    expect(fullDictionaryOf('en')).toBe(en);
    for (const words of [dictionaryOf, fullDictionaryOf]) expect(words('fr')).toBe(words('fr'));
    expect(await fullDictionaryOf('fr')).toBe(fr);
  });

  it('hold those that everybody needs, whole and in the same words', async () => {
    for (const locale of ['en', 'fr'] as const) {
      expect(await fullDictionaryOf(locale)).toMatchObject(await dictionaryOf(locale));
    }
  });

  it('have the same sentences', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(150);
  });

  it('have no empty sentence', () => {
    for (const [key, text] of [...english, ...french]) expect(text.trim(), key).not.toBe('');
  });

  it('are translated', () => {
    const same = [...english].filter(([key, text]) => french.get(key) === text).map(([key]) => key);
    // Words that both languages share.
    expect(same).toEqual([
      '.common.pageTitle',
      '.nav.chat',
      '.chat.title',
      '.preferences.version',
      '.users.columns.actions',
      '.settings.instructions',
      '.settings.version',
      '.security.codes.printedFor',
    ]);
  });

  it('use French typography: no-break spaces before high punctuation, curly apostrophes', () => {
    for (const [key, text] of french) {
      expect(text, key).not.toMatch(/ [:;?!»]/);
      expect(text, key).not.toMatch(/\p{L}[;?!]/u);
      expect(text, key).not.toMatch(/\p{L}:(?!\/\/)/u);
      expect(text, key).not.toContain("'");
    }
  });

  it('use curly apostrophes in English too', () => {
    for (const [key, text] of english) expect(text, key).not.toContain("'");
  });

  it('count people in both languages', () => {
    expect([0, 1, 2].map(en.users.count)).toEqual(['0 people', '1 person', '2 people']);
    expect([0, 1, 2].map(fr.users.count)).toEqual(['0 personne', '1 personne', '2 personnes']);
  });
});

describe('regional', () => {
  it('writes dates as the region does that the browser wants, in the language of the page', () => {
    expect(regional('en', ['fr-CA', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(regional('fr', ['fr-CA', 'en-GB'])).toBe('fr-CA');
    expect(regional('fr', ['en-GB', 'de'])).toBe('fr');
    expect(regional('en', [])).toBe('en');
    const day = new Date('2026-11-28T17:09:00Z');
    const time = (wanted: readonly string[]) =>
      new Intl.DateTimeFormat(regional('en', wanted), { timeStyle: 'short', timeZone: 'UTC' }).format(day);
    expect(time(['en-GB'])).toBe('17:09');
    expect(time(['en-US'])).toMatch(/^5:09\sPM$/);
  });
});

describe('preferredLocale', () => {
  it.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'FR', 'en'], 'fr'],
    [['en-GB', 'fr'], 'en'],
    [['ja'], 'en'],
    [[], 'en'],
    [['frr', ''], 'en'],
  ] as const)('%j → %s', (wanted, locale) => {
    expect(preferredLocale(wanted)).toBe(locale);
  });
});

describe('failureText', () => {
  const refused = (code: string, message: string) =>
    ({ kind: 'refused', status: 409, code, message }) as const;

  it('uses the pages’ own sentence for a known code', () => {
    expect(failureText(refused('last_administrator', 'x'), fr)).toBe(fr.errors.codes.last_administrator);
  });

  it('falls back to the server’s sentence for a new code', () => {
    expect(failureText(refused('quota_reached', 'The month is used up.'), en)).toBe('The month is used up.');
  });

  it.each(['toString', '__proto__', 'constructor'])(
    'does not confuse the code %s with a sentence',
    (code) => {
      expect(failureText(refused(code, 'plain'), en)).toBe('plain');
    },
  );

  it('never says nothing', () => {
    expect(failureText(refused('new', ''), en)).toBe(en.errors.unexpected);
    expect(failureText({ kind: 'unreachable' }, en)).toBe(en.errors.unreachable);
    expect(failureText({ kind: 'unexpected', status: 502 }, en)).toBe(en.errors.unexpected);
  });
});

describe('keychainProblem', () => {
  const t = en;

  it('is silent when keys are kept', () => {
    expect(keychainProblem({ kind: 'os', status: 'ok' }, t)).toBeNull();
    expect(keychainProblem({ kind: 'file', status: 'ok' }, t)).toBeNull();
  });

  it('speaks up when keys are kept in memory only, whatever the status', () => {
    expect(keychainProblem({ kind: 'session', status: 'ok' }, t)?.what).toBe(t.keychain.problem.unavailable);
  });

  it('says what to do in the language of the page, with the server’s findings apart', () => {
    const french = keychainProblem({ kind: 'session', status: 'locked', hint: 'No prompt.' }, fr);
    expect(french?.remedy).toBe(fr.keychain.remedy.locked);
    expect(french?.details).toBe('No prompt.');
    expect(keychainProblem({ kind: 'os', status: 'locked' }, t)?.details).toBeNull();
  });
});
