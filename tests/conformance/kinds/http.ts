/** `http` and `raw_sse`: requests to a real server over HTTP, with scripted handlers, on every store. */
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { RequestContext } from '../../../src-server/context.ts';
import type { CaseOf, StepExpect } from '../cases.ts';
import { Bindings, type Difference, differences } from '../match.ts';
import { type RecordedStore, recordedStore } from '../recorded-store.ts';
import type { Outcome } from '../run.ts';
import { type RunningScript, runScript } from '../scripted-server.ts';
import { openStore, PERSON, type StoreKind, seedStore } from '../stores.ts';
import { revealsHidden, type StricterRule, stricterStep, stricterStore } from '../stricter-rules.ts';

const STORES: readonly StoreKind[] = ['memory', 'sqlite'];

interface Session {
  readonly script: RunningScript;
  readonly store: RecordedStore<RequestContext>;
  readonly bindings: Bindings;
}

async function withServer<T>(
  test: CaseOf<'http'> | CaseOf<'raw_sse'>,
  kind: StoreKind,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const opened = openStore(kind);
  const store = recordedStore(opened.store);
  await seedStore(store, test.seed);
  store.takeWrites();
  const script = await runScript(test.server, store);
  try {
    return await work({ script, store, bindings: new Bindings() });
  } finally {
    await script.close();
    await opened.close();
  }
}

export async function runHttp(test: CaseOf<'http'>): Promise<Outcome> {
  const found: Difference[] = [];
  const rules = new Set<StricterRule>();
  for (const kind of STORES) {
    await withServer(test, kind, async (session) => {
      let refused = false;
      for (const [index, { request, expect: recorded }] of test.steps.entries()) {
        const { expect, rule } = stricterStep(recorded);
        if (rule !== null) rules.add(rule);
        refused ||= rule === 'nothing half-done';
        const where = (path: string) => `[${kind}] step ${index + 1} ${path}`;
        found.push(
          ...(await checkStep(request, expect, session, test)).map((d) => ({ ...d, path: where(d.path) })),
        );
      }
      if (test.final_store === undefined) return;
      const final = stricterStore(test.final_store, session.bindings, refused);
      if (final.rule !== null) rules.add(final.rule);
      const expected = withoutNulls(final.store);
      const contents = withoutNulls(session.store.contents());
      const { attachments, ...rest } = contents as { attachments: unknown };
      const stated = test.final_store.attachments === undefined ? rest : { ...rest, attachments };
      found.push(
        ...differences(expected, stated, session.bindings, `[${kind}] final_store`),
        ...(await checkReadable(session)).map((path) => ({
          path: `[${kind}] ${path}`,
          expected: 'stored',
          actual: 'missing',
        })),
      );
    });
  }
  return { found, rules: [...rules] };
}

/** What was written can be read again, in the same order. */
async function checkReadable({ store }: Session): Promise<string[]> {
  const { items } = z
    .object({ items: z.record(z.string(), z.array(z.object({ id: z.string() }))) })
    .parse(store.contents());
  const missing: string[] = [];
  for (const [threadId, expected] of Object.entries(items)) {
    const page = await store.loadThreadItems(threadId, { limit: 10_000, after: null, order: 'asc' }, PERSON);
    const same =
      page.data.length === expected.length && page.data.every((item, at) => item.id === expected[at]?.id);
    if (!same) missing.push(`items of ${threadId}`);
  }
  return missing;
}

async function checkStep(
  request: unknown,
  expect: StepExpect,
  { script, store, bindings }: Session,
  test: CaseOf<'http'>,
): Promise<Difference[]> {
  const answer = await send(script, bindings.fillAll(request));
  await script.idle();
  const calls = script.takeCalls();
  const writes = store.takeWrites();
  const found: Difference[] = [];
  switch (expect.kind) {
    case 'sse':
      if (answer.kind !== 'sse') found.push(kindDiffers('sse', answer));
      else {
        found.push(...differences(expect.events, answer.events, bindings, 'events'));
        found.push(...differences(expect.stream_end, answer.end, bindings, 'stream_end'));
      }
      break;
    case 'json':
      if (answer.kind !== 'json' || answer.status !== 200) found.push(kindDiffers('json', answer));
      else found.push(...differences(expect.body, answer.body, bindings, 'body'));
      break;
    case 'rejected':
      if (!isRefusal(answer)) found.push(kindDiffers('a refusal', answer));
      break;
    default:
      expect satisfies never;
  }
  if (revealsHidden(answer)) found.push({ path: 'answer', expected: 'no hidden item', actual: answer });
  if (expect.handler_calls !== undefined) {
    const scripted = expect.handler_calls.filter((call) => isScripted(call.handler, test));
    found.push(...differences(scripted, calls, bindings, 'handler_calls'));
  }
  if (expect.store_writes !== undefined) {
    found.push(...differences(expect.store_writes, writes, bindings, 'store_writes'));
  }
  return found;
}

/** Recordings count calls of hooks that nobody wrote; ours are not there to be called. */
function isScripted(handler: unknown, { server }: CaseOf<'http'>): boolean {
  if (handler === 'action') return server.action !== undefined;
  if (handler === 'sync_action') return server.sync_action !== undefined;
  if (handler === 'transcribe') return server.transcribe !== undefined;
  return true;
}

type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | {
      readonly kind: 'sse';
      readonly contentType: string;
      readonly text: string;
      readonly events: unknown[];
      readonly end: 'complete' | 'server_aborted' | 'client_aborted';
    };

const errorBodySchema = z.object({ error: z.object({ code: z.string(), message: z.string().min(1) }) });

function isRefusal(answer: Answer): boolean {
  if (answer.kind !== 'json') return false;
  const refused = (answer.status >= 400 && answer.status < 500) || answer.status === 501;
  return refused && errorBodySchema.safeParse(answer.body).success;
}

function kindDiffers(expected: string, answer: Answer): Difference {
  const actual =
    answer.kind === 'sse' ? `a stream: ${answer.text}` : `${answer.status} ${JSON.stringify(answer.body)}`;
  return { path: 'answer', expected, actual };
}

async function send(script: RunningScript, request: unknown): Promise<Answer> {
  const client = new AbortController();
  script.onClientAbort = () => client.abort();
  const response = await fetch(script.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(request),
    signal: client.signal,
  });
  const contentType = response.headers.get('content-type') ?? '';
  if (!contentType.startsWith('text/event-stream')) {
    const text = await response.text();
    return {
      kind: 'json',
      status: response.status,
      body: contentType.includes('json') ? JSON.parse(text) : text,
    };
  }
  let text = '';
  let end: 'complete' | 'server_aborted' | 'client_aborted' = 'complete';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch {
    end = client.signal.aborted ? 'client_aborted' : 'server_aborted';
  }
  return { kind: 'sse', contentType, text, events: readEvents(text), end };
}

function readEvents(text: string): unknown[] {
  const events: unknown[] = [];
  createParser({ onEvent: ({ data }) => void events.push(JSON.parse(data)) }).feed(text);
  return events;
}

/** The bytes themselves: one data line and one blank line for each event, and nothing else. */
export async function runRawSse(test: CaseOf<'raw_sse'>): Promise<Outcome> {
  const found = await withServer(test, 'memory', async ({ script, bindings }) => {
    const answer = await send(script, test.request);
    if (answer.kind !== 'sse') return [kindDiffers('sse', answer)];
    const type = answer.contentType.split(';', 1)[0]?.trim();
    return [
      ...differences(test.expect.content_type, type, bindings, 'content_type'),
      ...differences(toFrames(test.expect.body), toFrames(answer.text), bindings, 'body'),
    ];
  });
  return { found, rules: [] };
}

/** Text that is not exactly a frame stays as it is, and so differs. */
function toFrames(body: string): unknown[] {
  const frames = body.split('\n\n');
  return frames.map((frame) =>
    /^data: \{[^\n]*\}$/.test(frame) ? { data: JSON.parse(frame.slice('data: '.length)) as unknown } : frame,
  );
}

/** In a store, nothing and null are the same. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([key, field]) => [key, withoutNulls(field)]),
  );
}
