import { describe, expect, it } from 'vitest';
import { readDay, writtenDay } from './typed-day.ts';

describe('a day that is typed', () => {
  it.each([
    ['fr', '21/05/2026', '2026-05-21'],
    ['fr', ' 1.5.26 ', '2026-05-01'],
    ['en-US', '5/21/2026', '2026-05-21'],
    ['en-GB', '21 5 2026', '2026-05-21'],
    ['hu', '2026. 05. 21.', '2026-05-21'],
    ['ar-EG', '٢١/٥/٢٠٢٦', '2026-05-21'],
    ['en-US', '2026-05-21', '2026-05-21'],
  ])('in %s, %s', (locale, text, day) => {
    expect(readDay(text, locale)).toBe(day);
  });

  it.each(['', '21', '21/05', '31/02/2026', '21/13/2026', '0/0/0', '1/2/3/4', '21/05/20261', 'mai'])(
    '%j is none',
    (text) => {
      expect(readDay(text, 'fr')).toBeUndefined();
    },
  );

  it.each(['en', 'en-GB', 'fr', 'ar', 'fa', 'ja', 'de', 'ko', 'th'])('is read as %s writes it', (locale) => {
    const written = writtenDay(new Date('2026-12-31T00:00:00Z'), locale);
    expect(written).not.toMatch(/[\u200e\u200f\u061c]/);
    expect(readDay(written, locale)).toBe('2026-12-31');
  });
});
