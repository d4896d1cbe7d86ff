import { describe, expect, it } from 'vitest';
import { policySchema } from '../../../../src-shared/api/index.ts';
import { readPolicyDraft, toPolicyDraft } from './policy-draft.ts';

describe('limits as they are typed', () => {
  it.each([
    {},
    { models: null, tokens_per_day: null },
    {
      models: ['a', 'b'],
      tools: ['search'],
      attachments: false,
      attachment_max_bytes: 3_145_728,
      requests_per_minute: 5,
      tokens_per_day: 100_000,
      money_per_month: 1_500_000,
      personal_keys: true,
    },
  ])('come back as they were: %j', (policy) => {
    const read = readPolicyDraft(toPolicyDraft(policy, 'inherit', 'fr'), policy);
    expect(read).toEqual({ policy, wrong: [] });
    expect(policySchema.safeParse(read.policy).success).toBe(true);
  });

  it('say for a role that there is none where nobody has said anything', () => {
    const draft = toPolicyDraft({}, 'none', 'en');
    expect(draft.limits.perDay.kind).toBe('none');
    expect(draft.attachments).toBe('allowed');
    expect(draft.personalKeys).toBe('refused');
  });

  it('are wrong when they are empty or out of bounds', () => {
    const draft = toPolicyDraft({ requests_per_minute: 5, tokens_per_day: 1 }, 'inherit', 'en');
    const { wrong } = readPolicyDraft(
      {
        ...draft,
        limits: {
          ...draft.limits,
          perMinute: { kind: 'limit', text: '0' },
          perDay: { kind: 'limit', text: '' },
        },
      },
      {},
    );
    expect(wrong).toEqual(['perDay', 'perMinute']);
  });
});
