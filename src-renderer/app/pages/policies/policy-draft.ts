/** Limits as they are being typed. `inherit` exists for people only: they follow their role. */
import type { Policy, SealingPolicy } from '../../../../src-shared/api/index.ts';
import { amountText, parseAmount, parseCount } from '../../ui/amounts.ts';

export type LimitKind = 'inherit' | 'none' | 'limit';
export type LimitName = 'size' | 'perMinute' | 'perDay' | 'perMonth';

export interface LimitDraft {
  readonly kind: LimitKind;
  readonly text: string;
}

export type Permission = 'inherit' | 'allowed' | 'refused';

export interface PolicyDraft {
  readonly models: LimitKind;
  readonly chosen: readonly string[];
  readonly attachments: Permission;
  readonly personalKeys: Permission;
  readonly sealing: 'inherit' | SealingPolicy;
  readonly limits: Readonly<Record<LimitName, LimitDraft>>;
}

const MEGABYTE = 1_048_576;

const FIELDS = {
  size: 'attachment_max_bytes',
  perMinute: 'requests_per_minute',
  perDay: 'tokens_per_day',
  perMonth: 'money_per_month',
} as const;

export const LIMIT_NAMES: readonly LimitName[] = ['perMonth', 'perDay', 'perMinute', 'size'];

/** @param absent what a rule means that is not there: for a role no limit, for a person the role's */
export function toPolicyDraft(policy: Policy, absent: 'inherit' | 'none', locale: string): PolicyDraft {
  const limit = (name: LimitName): LimitDraft => {
    const value = policy[FIELDS[name]];
    if (value === undefined) return { kind: absent, text: '' };
    if (value === null) return { kind: 'none', text: '' };
    if (name === 'perMonth') return { kind: 'limit', text: amountText(value, locale) };
    return {
      kind: 'limit',
      text: String(name === 'size' ? Math.max(1, Math.floor(value / MEGABYTE)) : value),
    };
  };
  const { models, attachments, sealing } = policy;
  return {
    models: models === undefined ? absent : models === null ? 'none' : 'limit',
    chosen: models ?? [],
    attachments: permission(attachments, absent === 'inherit' ? 'inherit' : 'allowed'),
    personalKeys: permission(policy.personal_keys, absent === 'inherit' ? 'inherit' : 'refused'),
    sealing: sealing ?? (absent === 'inherit' ? 'inherit' : 'allowed'),
    limits: {
      size: limit('size'),
      perMinute: limit('perMinute'),
      perDay: limit('perDay'),
      perMonth: limit('perMonth'),
    },
  };
}

function permission(value: boolean | undefined, absent: Permission): Permission {
  if (value === undefined) return absent;
  return value ? 'allowed' : 'refused';
}

/**
 * The rules that were typed, or the limits that are wrong.
 *
 * @param before rules that this form does not show, such as tools, stay as they were
 */
export function readPolicyDraft(
  draft: PolicyDraft,
  before: Policy,
): { readonly policy: Policy; readonly wrong: readonly LimitName[] } {
  const wrong: LimitName[] = [];
  const policy: Policy = { ...(before.tools !== undefined && { tools: before.tools }) };
  if (draft.models === 'none') policy.models = null;
  if (draft.models === 'limit') policy.models = [...draft.chosen];
  if (draft.attachments !== 'inherit') policy.attachments = draft.attachments === 'allowed';
  if (draft.personalKeys !== 'inherit') policy.personal_keys = draft.personalKeys === 'allowed';
  if (draft.sealing !== 'inherit') policy.sealing = draft.sealing;
  for (const name of LIMIT_NAMES) {
    const { kind, text } = draft.limits[name];
    if (kind === 'inherit') continue;
    const value = kind === 'none' ? null : parseLimit(name, text);
    if (value === undefined || (kind === 'limit' && value === null)) wrong.push(name);
    else policy[FIELDS[name]] = value;
  }
  return { policy, wrong };
}

function parseLimit(name: LimitName, text: string): number | null | undefined {
  switch (name) {
    case 'perMonth':
      return parseAmount(text);
    case 'perDay':
      return parseCount(text, { min: 0, max: 1_000_000_000_000 });
    case 'perMinute':
      return parseCount(text, { min: 1, max: 10_000 });
    case 'size': {
      const megabytes = parseCount(text, { min: 1, max: 100 });
      return typeof megabytes === 'number' ? megabytes * MEGABYTE : megabytes;
    }
    default:
      return name satisfies never;
  }
}
