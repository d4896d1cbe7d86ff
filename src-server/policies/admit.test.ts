import { describe, expect, it } from 'vitest';
import type { ModelProblem } from '../agents/index.ts';
import { type AdmissionOptions, admission } from './admit.ts';
import type { EffectivePolicy } from './policies.ts';
import { requestRate } from './request-rate.ts';

const FREE: EffectivePolicy = {
  models: null,
  tools: null,
  attachments: true,
  attachmentMaxBytes: null,
  requestsPerMinute: null,
  tokensPerDay: null,
  moneyPerMonth: null,
  personalKeys: false,
  sealing: 'allowed',
};
const ada = { userId: 'usr_a', role: 'user' as const };

function checkWith(
  policy: Partial<EffectivePolicy>,
  prices: number | null = 1,
  models = ['m1', 'm2'],
  hasKey = false,
) {
  const rate = requestRate(() => 0);
  const offered = models.map((id) => ({
    connectionId: 'default',
    connection: { kind: 'guide' },
    model: { id, input_price: prices, cached_price: null, output_price: prices, max_output_tokens: null },
  }));
  const options = {
    rate,
    policies: { of: () => ({ ...FREE, ...policy }) },
    connections: {
      offered: async () => offered,
      resolve: async (_offered: unknown, ownKeyOf: string | null) => ({
        keyOwner: hasKey && ownKeyOf !== null ? 'person' : 'installation',
      }),
    },
    budgets: { ledger: { used: () => ({ tokensToday: 100, moneyThisMonth: 5 }) } },
  } as unknown as AdmissionOptions;
  const { check } = admission(options);
  const verdict = (model: string | null = null): Promise<string> =>
    check(model, ada).then(
      () => 'let through',
      (problem: ModelProblem) => problem.kind,
    );
  return { rate, verdict };
}

describe('whether a turn would be let through', () => {
  it('says what the turn would say, and counts nothing', async () => {
    const { rate, verdict } = checkWith({ requestsPerMinute: 1 });
    expect([await verdict(), await verdict('m2')]).toEqual(['let through', 'let through']);
    expect(rate.take(ada.userId, 1)).toBe(true);
    expect(await verdict()).toBe('too-fast');
  });

  it.each([
    [{ models: ['m1'] }, 'm2', 'model-not-offered'],
    [{ models: ['m1'] }, null, 'let through'],
    [{ models: [] }, null, 'model-not-offered'],
    [{ tokensPerDay: 100 }, null, 'budget-day'],
    [{ tokensPerDay: 101 }, null, 'let through'],
    [{ moneyPerMonth: 5 }, null, 'budget-month'],
    [{ moneyPerMonth: 6 }, null, 'let through'],
  ] as const)('%j, model %s: %s', async (policy, model, expected) => {
    expect(await checkWith(policy).verdict(model)).toBe(expected);
  });

  it('a budget in money needs a price', async () => {
    expect(await checkWith({ moneyPerMonth: 6 }, null).verdict()).toBe('no-price');
  });

  it('whoever pays with a key of their own needs neither price nor money, but tokens', async () => {
    const withKey = (policy: Partial<EffectivePolicy>) =>
      checkWith({ moneyPerMonth: 5, ...policy }, null, ['m1'], true).verdict();
    expect(await withKey({ personalKeys: true })).toBe('let through');
    expect(await withKey({ personalKeys: true, tokensPerDay: 100 })).toBe('budget-day');
    expect(await withKey({ personalKeys: false })).toBe('no-price');
  });

  it('the guide answers while nothing is set up', async () => {
    expect(await checkWith({}, 1, []).verdict()).toBe('let through');
  });
});
