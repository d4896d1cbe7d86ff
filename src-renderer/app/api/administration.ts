import {
  type About,
  type AdminSessionPage,
  type AuditGroup,
  type AuditPage,
  type AuditVerification,
  aboutSchema,
  adminSessionPageSchema,
  auditPageSchema,
  auditVerificationSchema,
  type Licences,
  licencesSchema,
  type StorageState,
  storageStateSchema,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Which rows of the audit are wanted. Times are ISO 8601; `to` is not included. */
export interface AuditFilter {
  readonly person?: string;
  readonly group?: AuditGroup;
  readonly from?: string;
  readonly to?: string;
}

/** What administrators do with the installation itself. */
export interface AdministrationApi {
  audit(filter: AuditFilter, before: number | null): Promise<ApiResult<AuditPage>>;
  auditVerification(): Promise<ApiResult<AuditVerification>>;
  startAuditVerification(): Promise<ApiResult<AuditVerification>>;
  cancelAuditVerification(): Promise<ApiResult<AuditVerification>>;
  sessions(person: string | null, after: string | null): Promise<ApiResult<AdminSessionPage>>;
  endSession(id: string): Promise<ApiResult<void>>;
  endSessionsOf(userId: string): Promise<ApiResult<void>>;
  storage(): Promise<ApiResult<StorageState>>;
  measureStorage(): Promise<ApiResult<StorageState>>;
  checkIntegrity(): Promise<ApiResult<StorageState>>;
  cancelIntegrity(): Promise<ApiResult<StorageState>>;
  about(): Promise<ApiResult<About>>;
  licences(): Promise<ApiResult<Licences>>;
}

export function createAdministrationApi(transport: Transport): AdministrationApi {
  const VERIFICATION = { path: '/api/admin/audit/verification', answer: auditVerificationSchema };
  const storage = (method: 'GET' | 'POST' | 'DELETE', part: string) =>
    send(transport, { method, path: `/api/admin/storage${part}`, answer: storageStateSchema });
  return {
    audit: (filter, before) =>
      send(transport, {
        method: 'GET',
        path: `/api/admin/audit?${query({ ...auditParameters(filter), before: before?.toString() })}`,
        answer: auditPageSchema,
      }),
    auditVerification: () => send(transport, { method: 'GET', ...VERIFICATION }),
    startAuditVerification: () => send(transport, { method: 'POST', ...VERIFICATION }),
    cancelAuditVerification: () => send(transport, { method: 'DELETE', ...VERIFICATION }),
    sessions: (person, after) =>
      send(transport, {
        method: 'GET',
        path: `/api/admin/sessions?${query({ person: person ?? undefined, after: after ?? undefined })}`,
        answer: adminSessionPageSchema,
      }),
    endSession: (id) =>
      send<void>(transport, {
        method: 'DELETE',
        path: `/api/admin/sessions/${encodeURIComponent(id)}`,
        answer: null,
      }),
    endSessionsOf: (userId) =>
      send<void>(transport, {
        method: 'DELETE',
        path: `/api/admin/users/${encodeURIComponent(userId)}/sessions`,
        answer: null,
      }),
    storage: () => storage('GET', ''),
    measureStorage: () => storage('POST', '/measurement'),
    checkIntegrity: () => storage('POST', '/integrity'),
    cancelIntegrity: () => storage('DELETE', '/integrity'),
    about: () => send(transport, { method: 'GET', path: '/api/admin/about', answer: aboutSchema }),
    licences: () => send(transport, { method: 'GET', path: '/licences.json', answer: licencesSchema }),
  };
}

/** Where the browser downloads the rows of a filter as CSV. */
export function auditCsvAddress(filter: AuditFilter): string {
  return `/api/admin/audit.csv?${query(auditParameters(filter))}`;
}

function auditParameters({ person, group, from, to }: AuditFilter) {
  return { person, groups: group, from, to };
}

/** Without what is not asked for. */
function query(parameters: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, value);
  return search;
}
