import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src-shared/api/index.ts';
import { fullEn as en } from '../../i18n/full-en.ts';
import {
  ada,
  asPerson,
  bob,
  done,
  fakeApi,
  fakeGovernance,
  fakePeople,
  unreachable,
} from '../../testing/fake-api.ts';
import { click, field, find, render, submit, type } from '../../testing/render.tsx';
import { BudgetNotice } from '../account/budget-meter.tsx';
import PoliciesPage from './policies-page.tsx';

const texts = en.governance.policies;

/** Types into the search, and waits until it has been looked for. */
async function look(text: string): Promise<void> {
  await type(field(texts.search), text);
  await act(() => new Promise((resolve) => setTimeout(resolve, 250)));
}

describe('the page of limits', () => {
  it('finds one person among two hundred, and sets only what was typed', async () => {
    const people = Array.from({ length: 200 }, (_, index) => ({
      ...asPerson(bob),
      id: `usr_${index}`,
      email: `person${index}@example.org`,
    }));
    const saved: unknown[] = [];
    const governance = fakeGovernance({
      policies: async () => done({ roles: { user: { tokens_per_day: 5_000 } }, people: {}, emails: {} }),
      setPolicy: async (owner, policy: Policy) => {
        saved.push(owner, policy);
        return done({ roles: {}, people: { usr_137: policy }, emails: { usr_137: 'person137@example.org' } });
      },
    });
    const house = fakePeople({
      page: async ({ query = '', limit = 0 }) => {
        const found = people.filter(({ email }) => email.includes(query));
        return done({ people: found.slice(0, limit), total: found.length, next: null, administrators: 1 });
      },
    });
    const api = fakeApi({ governance, people: house });
    await render(<PoliciesPage />, { api });
    expect(document.body.textContent).toContain(texts.summary.perDay('5,000'));
    const rows = () => document.querySelectorAll('tbody tr').length;
    // The three roles; nobody has rules of their own.
    expect(rows()).toBe(3);
    await look('person');
    expect(rows()).toBe(3 + 20);
    expect(find('[role=status]').textContent).toBe(texts.moreMatch('180'));
    await look('nobody');
    expect(find('[role=status]').textContent).toBe(texts.noneFound);
    await look('PERSON137');
    expect(rows()).toBe(4);

    await click(find('button', texts.edit('person137@example.org')));
    const files = document.querySelectorAll<HTMLInputElement>('dialog input[type=radio][value=refused]')[0];
    if (files === undefined) throw new Error('there is no choice about files');
    await click(files);
    await submit();
    expect(saved).toEqual([{ kind: 'people', subject: 'usr_137' }, { attachments: false }]);
    expect(find('[role=status]').textContent).toContain(texts.saved);
    expect(document.body.textContent).toContain(texts.summary.noAttachments);
    await look('');
    expect(rows(), 'the person has rules now').toBe(4);
  });

  it('names those who have rules of their own, and says when nobody can be looked for', async () => {
    const policies = {
      roles: {},
      people: { [ada.id]: { attachments: false } },
      emails: { [ada.id]: ada.email },
    };
    const house = fakePeople({ page: async () => unreachable });
    const governance = fakeGovernance({ policies: async () => done(policies) });
    await render(<PoliciesPage />, { api: fakeApi({ governance, people: house }) });
    expect(find('tbody th', ada.email)).toBeTruthy();
    expect(house.page).not.toHaveBeenCalled();
    await look('bob');
    expect(find('[role=alert]').textContent).toContain(en.errors.unreachable);
    expect(document.body.textContent).not.toContain(texts.noneFound);
  });

  it('says when it cannot be loaded', async () => {
    const governance = fakeGovernance({ policies: async () => unreachable });
    await render(<PoliciesPage />, { api: fakeApi({ governance }) });
    expect(find('[role=alert]').textContent).toContain(texts.loadFailed);
  });
});

describe('the notice of a budget', () => {
  const show = async (left: number) => {
    const money = { limit: 1_000_000, used: 1_000_000 - left, left, renews_at: '2026-12-01T00:00:00Z' };
    const budget = { tokens_today: null, money_this_month: money, requests_per_minute: null };
    await render(<BudgetNotice active />, { api: fakeApi({ budget: async () => done(budget) }) });
    return document.querySelector('[role=status]')?.textContent ?? null;
  };

  it('comes when less than a tenth is left, and says how much and until when', async () => {
    expect(await show(99_999)).toMatch(/0\.1 left|0\.10 left/);
  });

  it('does not promise that something is left when nothing is', async () => {
    const said = await show(0);
    expect(said).toContain('is used up');
    expect(said).not.toContain('left');
  });

  it('stays away while there is enough', async () => {
    expect(await show(100_000)).toBeNull();
  });
});
