/** The fake model server for a test file, with connections to it. */
import { afterAll, beforeAll } from 'vitest';
import type { ConnectionMode } from '../../../src-shared/api/index.ts';
import {
  type FakeOpenAI,
  type FakeOpenAIOptions,
  type RecordedRequest,
  startFakeOpenAI,
} from '../../../tests/fake-openai/server.ts';
import type { Connection } from '../connection.ts';

/** Nowhere may this be seen but in the header of a request. */
export const KEY = 'sk-canary-7f3a9b';

export interface FakeModel {
  connection(mode: ConnectionMode, changes?: { model?: string; apiKey?: string | null }): Connection;
  /** Requests since `from`. */
  requests(from?: number): RecordedRequest[];
}

/** Starts a server before the tests of a file and stops it after them. */
export function fakeModel(options: FakeOpenAIOptions = {}): FakeModel {
  let fake: FakeOpenAI | null = null;
  const running = () => {
    if (fake === null) throw new Error('the fake model is not running');
    return fake;
  };
  beforeAll(async () => {
    fake = await startFakeOpenAI({ apiKey: KEY, ...options });
  });
  afterAll(() => fake?.close());
  return {
    connection: (mode, changes) => ({
      kind: 'provider',
      baseUrl: running().url,
      mode,
      apiKey: KEY,
      model: 'fake-model',
      ...changes,
    }),
    requests: (from = 0) => running().requests.slice(from),
  };
}

export const MODES: readonly ConnectionMode[] = ['responses', 'chat'];
