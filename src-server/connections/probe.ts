/** Tries a connection out: asks for the list of models, which costs nothing, and tells what came of it. */
import { z } from 'zod';
import type { ConnectionTest, ConnectionTestOutcome } from '../../src-shared/api/index.ts';

/** Milliseconds until a server counts as not answering. */
const TIME_LIMIT_MS = 10_000;

/** Characters of the list that are read at all. */
const MAX_LIST = 2_000_000;

/** Names that are told; some servers have thousands. */
const MAX_NAMES = 500;

const listSchema = z.object({ data: z.array(z.object({ id: z.string().max(200) })) });

export interface ProbeTarget {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export type Probe = (target: ProbeTarget, signal: AbortSignal) => Promise<ConnectionTest>;

/** Never rejects for what the server did, and tells nothing that came from it but names of models. */
export function connectionProbe(options: { fetch: typeof globalThis.fetch; timeLimitMs?: number }): Probe {
  return async ({ baseUrl, apiKey }, signal) => {
    const started = performance.now();
    const stop = new AbortController();
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      stop.abort();
    }, options.timeLimitMs ?? TIME_LIMIT_MS);
    const halt = () => stop.abort();
    signal.addEventListener('abort', halt, { once: true });
    if (signal.aborted) halt();
    const result = (outcome: ConnectionTestOutcome, status: number | null, found: string[] = []) => ({
      outcome,
      status,
      milliseconds: Math.round(performance.now() - started),
      found,
    });
    try {
      const response = await options.fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
        headers: apiKey === null ? {} : { Authorization: `Bearer ${apiKey}` },
        redirect: 'manual',
        signal: stop.signal,
      });
      const { status } = response;
      if (!response.ok) {
        await response.body?.cancel();
        return result(outcomeOf(status), status);
      }
      const names = namesIn(await readAtMost(response, MAX_LIST));
      if (names === null) return result('not-a-model-server', status);
      // A server that sends back what it was asked with must not put the key on a page.
      const found = names.filter((name) => apiKey === null || !name.includes(apiKey));
      return result('ok', status, found.slice(0, MAX_NAMES).sort());
    } catch {
      return result(isLate ? 'timeout' : 'unreachable', null);
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', halt);
    }
  };
}

function outcomeOf(status: number): ConnectionTestOutcome {
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401) return 'key-refused';
  if (status === 403) return 'forbidden';
  return status === 404 || status === 405 ? 'not-a-model-server' : 'server-error';
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > limit) break;
  }
  return text;
}

function namesIn(text: string): string[] | null {
  try {
    return listSchema.safeParse(JSON.parse(text)).data?.data.map(({ id }) => id) ?? null;
  } catch {
    return null;
  }
}
