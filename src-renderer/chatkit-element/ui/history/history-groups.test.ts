import { describe, expect, it } from 'vitest';
import type { ThreadMetadata } from '../../../../src-shared/chatkit/index.ts';
import { languageFor } from '../../i18n/strings.ts';
import { groupThreads, shortDate } from './history-groups.ts';

const now = new Date(2026, 10, 23, 9, 0);
const at = (...parts: [number, number, number, number?]): ThreadMetadata => ({
  id: parts.join('-'),
  created_at: new Date(...parts).toISOString(),
  status: { type: 'active' },
  metadata: {},
});

describe('history groups', () => {
  it('names days as people do', () => {
    const threads = [
      at(2026, 10, 23, 1),
      at(2026, 10, 22, 23),
      at(2026, 10, 17),
      at(2026, 10, 16),
      at(2026, 8, 2),
      at(2025, 8, 2),
    ];
    const groups = groupThreads(threads, now, languageFor('en'));
    expect(groups.map(({ label }) => label)).toEqual([
      'Today',
      'Yesterday',
      'Previous 7 days',
      'Previous 30 days',
      'September 2026',
      'September 2025',
    ]);
  });

  it('speaks French', () => {
    const groups = groupThreads([at(2026, 10, 23), at(2026, 7, 2)], now, languageFor('fr'));
    expect(groups.map(({ label }) => label)).toEqual(['Aujourd’hui', 'août 2026']);
  });

  it('survives dates that are none', () => {
    const broken = { ...at(2026, 1, 1), created_at: 'yesterday-ish' };
    expect(groupThreads([broken], now, languageFor('en'))).toHaveLength(1);
    expect(shortDate('nonsense', now, 'en')).toBe('');
  });

  it('shows the year only where it is another one', () => {
    expect(shortDate(at(2026, 2, 5).created_at, now, 'en-GB')).toBe('5 Mar');
    expect(shortDate(at(2025, 2, 5).created_at, now, 'en-GB')).toBe('5 Mar 2025');
  });
});
