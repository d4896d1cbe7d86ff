import { type Request, Router } from 'express';
import {
  type Budget,
  type PolicyList,
  policyRoleSchema,
  policySchema,
  usageQuerySchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import type { Budgets } from '../../budgets/index.ts';
import type { Policies } from '../../policies/index.ts';
import { sendCsv } from '../csv-download.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { parseBody } from '../validate.ts';

export interface GovernanceRoutesOptions {
  readonly policies: Policies;
  readonly budgets: Budgets;
  readonly accounts: Pick<Accounts, 'atomically' | 'writeAudit' | 'emailsOf'>;
  readonly guard: CallerGuard;
}

/** Policies and usage for administrators; for everybody, what is left of their own budget. */
export function governanceRoutes({ policies, budgets, accounts, guard }: GovernanceRoutesOptions): Router {
  const router = Router();

  router.get(
    '/me/budget',
    guard.may('budget.read', (caller, _request, response) => {
      const policy = policies.of(caller.user.id, caller.role);
      const budget: Budget = {
        ...budgets.left(caller.user.id, policy),
        requests_per_minute: policy.requestsPerMinute,
      };
      response.json(budget);
    }),
  );

  const list = (): PolicyList => {
    const rules = policies.list();
    return { ...rules, emails: accounts.emailsOf(Object.keys(rules.people)) };
  };

  router.get(
    '/admin/policies',
    guard.may('policies.read', (_caller, _request, response) => void response.json(list())),
  );

  const subjectOf = (request: Request) => {
    const { kind, subject } = request.params;
    const role = policyRoleSchema.safeParse(subject);
    if (kind === 'roles' && role.success) return { kind: 'role', subject: role.data } as const;
    const [person] = kind === 'people' ? Object.keys(accounts.emailsOf([String(subject)])) : [];
    if (person === undefined) throw new ApiError('not_found');
    return { kind: 'person', subject: person } as const;
  };

  router.put(
    '/admin/policies/:kind/:subject',
    guard.may('policies.change', (caller, request, response) => {
      const whose = subjectOf(request);
      const policy = parseBody(request, policySchema);
      accounts.atomically(() => {
        policies.set(whose, policy);
        accounts.writeAudit({ action: 'policy.changed', actorId: caller.user.id, subjectId: whose.subject });
      });
      response.json(list());
    }),
  );

  router.delete(
    '/admin/policies/:kind/:subject',
    guard.may('policies.change', (caller, request, response) => {
      const whose = subjectOf(request);
      accounts.atomically(() => {
        policies.remove(whose);
        accounts.writeAudit({ action: 'policy.removed', actorId: caller.user.id, subjectId: whose.subject });
      });
      response.json(list());
    }),
  );

  router.get(
    '/admin/usage',
    guard.may('usage.read', async (_caller, request, response) => {
      const { by, ...period } = usageQuery(request);
      response.json(await budgets.report(period, by));
    }),
  );

  router.get(
    '/admin/usage.csv',
    guard.may('usage.read', async (_caller, request, response) => {
      const { from, to } = usageQuery(request);
      await sendCsv(response, `foyer-usage-${from}-${to}.csv`, budgets.csv({ from, to }));
    }),
  );

  return router;
}

function usageQuery(request: Request) {
  const parsed = usageQuerySchema.safeParse(request.query);
  if (!parsed.success || parsed.data.from > parsed.data.to)
    throw new ApiError('validation', '(from, to, by)');
  return parsed.data;
}
