/** What roles and people may do: kept in `DATA/foyer.db`, the person's own rules before those of the role. */
import { and, eq } from 'drizzle-orm';
import {
  type Policy,
  type PolicyList,
  policyRoleSchema,
  policySchema,
  type SealingPolicy,
} from '../../src-shared/api/index.ts';
import type { AccountsDatabase } from '../accounts/database.ts';
import { policies } from '../database/accounts/schema.ts';

/** Rules with every question answered; null is without limit. */
export interface EffectivePolicy {
  readonly models: readonly string[] | null;
  readonly tools: readonly string[] | null;
  readonly attachments: boolean;
  readonly attachmentMaxBytes: number | null;
  readonly requestsPerMinute: number | null;
  readonly tokensPerDay: number | null;
  readonly moneyPerMonth: number | null;
  /** Whether keys of their own are used; for guests never. */
  readonly personalKeys: boolean;
  /** What guests write is not kept, so there is nothing to seal: for them always off. */
  readonly sealing: SealingPolicy;
}

/** Whose rules: a role's name, or a person's id. */
export interface PolicySubject {
  readonly kind: 'role' | 'person';
  readonly subject: string;
}

export interface Policies {
  of(userId: string, role: string): EffectivePolicy;
  list(): Pick<PolicyList, 'roles' | 'people'>;
  set(whose: PolicySubject, policy: Policy): void;
  remove(whose: PolicySubject): void;
}

/** Rules that cannot be read let nothing through: a damaged row must not lift a limit. */
const NOTHING: Policy = {
  models: [],
  tools: [],
  attachments: false,
  requests_per_minute: 1,
  tokens_per_day: 0,
  money_per_month: 0,
  personal_keys: false,
  sealing: 'off',
};

/** People whose rules are kept in memory. */
const MAX_KNOWN = 1_000;

export function openPolicies(database: AccountsDatabase, now: () => number): Policies {
  const read = ({ kind, subject }: PolicySubject): Policy => {
    const row = database
      .select()
      .from(policies)
      .where(and(eq(policies.kind, kind), eq(policies.subject, subject)))
      .get();
    return row === undefined ? {} : parse(row.rules);
  };
  /** Asked for several times in each turn, and changed by nobody but this process. */
  const known = new Map<string, EffectivePolicy>();

  const effective = (userId: string, role: string): EffectivePolicy => {
    const rules = {
      ...read({ kind: 'role', subject: role }),
      ...read({ kind: 'person', subject: userId }),
    };
    return {
      models: rules.models ?? null,
      tools: rules.tools ?? null,
      attachments: rules.attachments ?? true,
      attachmentMaxBytes: rules.attachment_max_bytes ?? null,
      requestsPerMinute: rules.requests_per_minute ?? null,
      tokensPerDay: rules.tokens_per_day ?? null,
      moneyPerMonth: rules.money_per_month ?? null,
      personalKeys: role !== 'guest' && (rules.personal_keys ?? false),
      sealing: role === 'guest' ? 'off' : (rules.sealing ?? 'allowed'),
    };
  };

  return {
    of(userId, role) {
      const key = `${role} ${userId}`;
      const found = known.get(key) ?? effective(userId, role);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, found);
      return found;
    },

    list() {
      const roles: PolicyList['roles'] = {};
      const people: PolicyList['people'] = {};
      for (const row of database.select().from(policies).all()) {
        const role = policyRoleSchema.safeParse(row.subject);
        if (row.kind === 'person') people[row.subject] = parse(row.rules);
        else if (role.success) roles[role.data] = parse(row.rules);
      }
      return { roles, people };
    },

    set({ kind, subject }, policy) {
      known.clear();
      const set = { rules: JSON.stringify(policySchema.parse(policy)), updatedAt: now() };
      database
        .insert(policies)
        .values({ kind, subject, ...set })
        .onConflictDoUpdate({ target: [policies.kind, policies.subject], set })
        .run();
    },

    remove({ kind, subject }) {
      known.clear();
      database
        .delete(policies)
        .where(and(eq(policies.kind, kind), eq(policies.subject, subject)))
        .run();
    },
  };
}

function parse(rules: string): Policy {
  try {
    const parsed = policySchema.safeParse(JSON.parse(rules));
    return parsed.success ? parsed.data : NOTHING;
  } catch {
    return NOTHING;
  }
}
