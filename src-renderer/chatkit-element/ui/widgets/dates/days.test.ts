import { describe, expect, it } from 'vitest';
import { addDays, addMonths, clampDay, dayOf, firstWeekday, placeInWeek, today, weeksOf } from './days.ts';

describe('days', () => {
  it('reads the day of dates and times, and nothing else', () => {
    expect(dayOf('2026-05-21')).toBe('2026-05-21');
    expect(dayOf('2026-05-21T23:00:00Z')).toBe('2026-05-21');
    for (const wrong of ['21.5.2026', '2026-13-40', '', null, undefined])
      expect(dayOf(wrong)).toBeUndefined();
  });

  it('counts over the ends of months, years and leap years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
  });

  it('stays between the first and the last day, and within four digits', () => {
    expect(clampDay('2026-05-01', '2026-05-04', undefined, 'x')).toBe('2026-05-04');
    expect(clampDay('2026-07-01', undefined, '2026-06-20', 'x')).toBe('2026-06-20');
    expect(clampDay('2026-06-01', '2026-05-04', '2026-06-20', 'x')).toBe('2026-06-01');
    expect(clampDay(addDays('9999-12-31', 1), undefined, undefined, '9999-12-31')).toBe('9999-12-31');
  });

  it('lays out a month in whole weeks', () => {
    const weeks = weeksOf('2026-05-21', 1);
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe('2026-04-27');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-05-31');
    expect(weeksOf('2026-02-10', 7)).toHaveLength(4);
    expect(weeksOf('2026-05-21', 7).flat()).toContain('2026-05-31');
    expect(placeInWeek('2026-05-21', 1)).toBe(3);
  });

  it('knows the week of a language and the day of a clock', () => {
    expect([firstWeekday('fr'), firstWeekday('en-US'), firstWeekday('ar-EG')]).toEqual([1, 7, 6]);
    expect(today(new Date(2026, 4, 20, 23, 59))).toBe('2026-05-20');
  });
});
