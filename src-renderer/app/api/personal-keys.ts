import type { z } from 'zod';
import {
  type PersonalKeys,
  type PersonalKeyTest,
  personalKeysSchema,
  personalKeyTestSchema,
  type setPersonalKeySchema,
} from '../../../src-shared/api/index.ts';
import type { ApiResult } from './failure.ts';
import { send, type Transport } from './request.ts';

/** Keys of the person's own. They are sent once, when they are entered, and never come back. */
export interface PersonalKeysApi {
  list(): Promise<ApiResult<PersonalKeys>>;
  set(connection: string, key: z.infer<typeof setPersonalKeySchema>): Promise<ApiResult<PersonalKeys>>;
  remove(connection: string): Promise<ApiResult<PersonalKeys>>;
  test(connection: string): Promise<ApiResult<PersonalKeyTest>>;
}

export function createPersonalKeysApi(transport: Transport): PersonalKeysApi {
  const all = '/api/users/me/keys';
  const one = (connection: string) => `${all}/${encodeURIComponent(connection)}`;
  const answer = personalKeysSchema;
  return {
    list: () => send(transport, { method: 'GET', path: all, answer }),
    set: (connection, body) => send(transport, { method: 'PUT', path: one(connection), body, answer }),
    remove: (connection) => send(transport, { method: 'DELETE', path: one(connection), answer }),
    test: (connection) =>
      send(transport, {
        method: 'POST',
        path: `${one(connection)}/test`,
        answer: personalKeyTestSchema,
      }),
  };
}
