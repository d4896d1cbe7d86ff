import {
  type PeoplePage,
  type PeopleQuery,
  peoplePageSchema,
  type Session,
  sessionListSchema,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** What administrators do with many people, and everybody with their own sessions. */
export interface PeopleApi {
  /** One page of people, by address. */
  page(query: Partial<PeopleQuery>): Promise<ApiResult<PeoplePage>>;
  /** Takes attempts to sign in again at once. */
  liftLock(userId: string): Promise<ApiResult<void>>;
  sessionsOf(userId: string): Promise<ApiResult<Session[]>>;
  /** Ends one session of somebody, or all. */
  endSessionsOf(userId: string, which: { one: string } | 'all'): Promise<ApiResult<void>>;
  ownSessions(): Promise<ApiResult<Session[]>>;
  /** Ends one of the own sessions, all but the one that asks, or all. */
  endOwnSessions(which: { one: string } | 'others' | 'all'): Promise<ApiResult<void>>;
}

const listSchema = sessionListSchema.transform(({ sessions }) => sessions);

/** The part of the client that is about people and their sessions. */
export function createPeopleApi(transport: Transport): PeopleApi {
  const user = (id: string) => `/api/admin/users/${encodeURIComponent(id)}`;
  const remove = (path: string) => send<void>(transport, { method: 'DELETE', path, answer: null });
  const one = (which: { one: string } | string) =>
    typeof which === 'object' ? `/${encodeURIComponent(which.one)}` : '';
  return {
    page: (query) => {
      const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
      const path = `/api/admin/people?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
      return send(transport, { method: 'GET', path, answer: peoplePageSchema });
    },
    liftLock: (userId) => remove(`${user(userId)}/lock`),
    sessionsOf: (userId) =>
      send(transport, { method: 'GET', path: `${user(userId)}/sessions`, answer: listSchema }),
    endSessionsOf: (userId, which) => remove(`${user(userId)}/sessions${one(which)}`),
    ownSessions: () => send(transport, { method: 'GET', path: '/api/users/me/sessions', answer: listSchema }),
    endOwnSessions: (which) => remove(`/api/users/me/sessions${which === 'all' ? '?all=true' : one(which)}`),
  };
}
