import type { z } from 'zod';
import {
  type ConnectionInfo,
  type ConnectionTest,
  connectionListSchema,
  connectionSchema,
  connectionTestSchema,
  type createConnectionRequestSchema,
  type OfferedModel,
  type Policy,
  type PolicyList,
  policyListSchema,
  type setKeyRequestSchema,
  type UsageGroup,
  type UsageReport,
  type updateConnectionRequestSchema,
  usageSchema,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Whose rules: `roles/user` or `people/usr_…`. */
export interface PolicyOwner {
  readonly kind: 'roles' | 'people';
  readonly subject: string;
}

/** Days in UTC, `YYYY-MM-DD`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What administrators do with connections, policies and usage. */
export interface GovernanceApi {
  connections(): Promise<ApiResult<ConnectionInfo[]>>;
  createConnection(values: z.infer<typeof createConnectionRequestSchema>): Promise<ApiResult<ConnectionInfo>>;
  updateConnection(
    id: string,
    changes: z.infer<typeof updateConnectionRequestSchema>,
  ): Promise<ApiResult<ConnectionInfo>>;
  deleteConnection(id: string): Promise<ApiResult<void>>;
  setKey(id: string, key: z.infer<typeof setKeyRequestSchema>): Promise<ApiResult<ConnectionInfo>>;
  offerModels(id: string, models: readonly OfferedModel[]): Promise<ApiResult<ConnectionInfo>>;
  /** An aborted signal cancels the test on the server too. */
  testConnection(id: string, signal: AbortSignal): Promise<ApiResult<ConnectionTest>>;
  policies(): Promise<ApiResult<PolicyList>>;
  setPolicy(owner: PolicyOwner, policy: Policy): Promise<ApiResult<PolicyList>>;
  removePolicy(owner: PolicyOwner): Promise<ApiResult<PolicyList>>;
  usage(period: Period, by: UsageGroup): Promise<ApiResult<UsageReport>>;
}

const listSchema = connectionListSchema.transform(({ connections }) => connections);

export function createGovernanceApi(transport: Transport): GovernanceApi {
  const connection = (id: string) => `/api/admin/connections/${encodeURIComponent(id)}`;
  const policy = ({ kind, subject }: PolicyOwner) =>
    `/api/admin/policies/${kind}/${encodeURIComponent(subject)}`;
  return {
    connections: () => send(transport, { method: 'GET', path: '/api/admin/connections', answer: listSchema }),
    createConnection: (body) =>
      send(transport, { method: 'POST', path: '/api/admin/connections', body, answer: connectionSchema }),
    updateConnection: (id, body) =>
      send(transport, { method: 'PATCH', path: connection(id), body, answer: connectionSchema }),
    deleteConnection: (id) => send<void>(transport, { method: 'DELETE', path: connection(id), answer: null }),
    setKey: (id, body) =>
      send(transport, { method: 'PUT', path: `${connection(id)}/key`, body, answer: connectionSchema }),
    offerModels: (id, models) =>
      send(transport, {
        method: 'PUT',
        path: `${connection(id)}/models`,
        body: { models },
        answer: connectionSchema,
      }),
    testConnection: (id, signal) =>
      send(transport, {
        method: 'POST',
        path: `${connection(id)}/test`,
        answer: connectionTestSchema,
        signal,
      }),
    policies: () => send(transport, { method: 'GET', path: '/api/admin/policies', answer: policyListSchema }),
    setPolicy: (owner, body) =>
      send(transport, { method: 'PUT', path: policy(owner), body, answer: policyListSchema }),
    removePolicy: (owner) =>
      send(transport, { method: 'DELETE', path: policy(owner), answer: policyListSchema }),
    usage: ({ from, to }, by) =>
      send(transport, {
        method: 'GET',
        path: `/api/admin/usage?${new URLSearchParams({ from, to, by })}`,
        answer: usageSchema,
      }),
  };
}

/** Where the browser downloads the same as CSV. */
export function usageCsvAddress(period: Period): string {
  return `/api/admin/usage.csv?${new URLSearchParams({ from: period.from, to: period.to })}`;
}
