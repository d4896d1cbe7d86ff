import { type Request, Router } from 'express';
import {
  type AuditVerification,
  auditFilterSchema,
  auditQuerySchema,
} from '../../../src-shared/api/index.ts';
import { type Accounts, auditCsv } from '../../accounts/index.ts';
import { sendCsv } from '../csv-download.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';

/** Checking the chain of the audit. */
export interface AuditCheck {
  start(): Promise<void>;
  state(): AuditVerification;
  cancel(): Promise<void>;
}

export interface AuditRoutesOptions {
  readonly accounts: Pick<Accounts, 'audit' | 'writeAudit'>;
  readonly auditCheck: AuditCheck;
  readonly guard: CallerGuard;
}

/** Reading the audit, taking it along as a file, and checking its chain. */
export function auditRoutes({ accounts, auditCheck, guard }: AuditRoutesOptions): Router {
  const router = Router();

  router.get(
    '/audit',
    guard.may('audit.read', (_caller, request, response) => {
      const { before, limit, ...filter } = parseQuery(request, auditQuerySchema);
      response.json(accounts.audit.page(filter, before ?? null, limit));
    }),
  );

  router.get(
    '/audit.csv',
    guard.may('audit.export', async (caller, request, response) => {
      const filter = parseQuery(request, auditFilterSchema);
      accounts.writeAudit({ action: 'audit.exported', actorId: caller.user.id, subjectId: null });
      const day = new Date().toISOString().slice(0, 10);
      await sendCsv(response, `foyer-audit-${day}.csv`, auditCsv(accounts.audit, filter));
    }),
  );

  router.get(
    '/audit/verification',
    guard.may('audit.read', (_caller, _request, response) => void response.json(auditCheck.state())),
  );

  router.post(
    '/audit/verification',
    guard.may('audit.verify', async (_caller, _request, response) => {
      await auditCheck.start();
      response.status(202).json(auditCheck.state());
    }),
  );

  router.delete(
    '/audit/verification',
    guard.may('audit.verify', async (_caller, _request, response) => {
      await auditCheck.cancel();
      response.json(auditCheck.state());
    }),
  );

  return router;
}

function parseQuery<T>(
  request: Request,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): T {
  const parsed = schema.safeParse(request.query);
  if (!parsed.success) throw new ApiError('validation', '(person, groups, from, to, before, limit)');
  return parsed.data;
}
