/** Requests of all seventeen operations, and what an attacker or a broken client makes of them. */

/** A source of numbers that gives the same ones for the same seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface KnownIds {
  readonly threads: readonly string[];
  readonly items: readonly string[];
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** A request as an honest client sends it. */
export function honestRequest(random: Random, { threads, items }: KnownIds): Record<string, unknown> {
  const thread_id = pick(random, threads);
  const item_id = pick(random, items);
  const input = {
    content: [{ type: 'input_text', text: `Hello ${Math.floor(random() * 100)}` }],
    attachments: [],
    inference_options: {},
  };
  const action = { type: 'go', payload: { n: 1 } };
  return pick<() => Record<string, unknown>>(random, [
    () => ({ type: 'threads.create', params: { input } }),
    () => ({ type: 'threads.add_user_message', params: { thread_id, input } }),
    () => ({ type: 'threads.add_client_tool_output', params: { thread_id, result: { ok: true } } }),
    () => ({
      type: 'threads.add_structured_input',
      params: { thread_id, item_id, input: { answers: { q: { values: ['a'] } } } },
    }),
    () => ({ type: 'threads.custom_action', params: { thread_id, item_id, action } }),
    () => ({ type: 'threads.sync_custom_action', params: { thread_id, item_id, action } }),
    () => ({ type: 'threads.retry_after_item', params: { thread_id, item_id } }),
    () => ({ type: 'threads.edit_user_message', params: { thread_id, item_id, input } }),
    () => ({ type: 'threads.get_by_id', params: { thread_id } }),
    () => ({ type: 'threads.list', params: { limit: 5, order: 'asc' } }),
    () => ({ type: 'threads.update', params: { thread_id, title: 'T' } }),
    () => ({ type: 'threads.delete', params: { thread_id: `${thread_id}x` } }),
    () => ({ type: 'items.list', params: { thread_id, limit: 5, after: item_id } }),
    () => ({ type: 'items.feedback', params: { thread_id, item_ids: [item_id], kind: 'positive' } }),
    () => ({ type: 'attachments.create', params: { name: 'a.png', size: 10, mime_type: 'image/png' } }),
    () => ({ type: 'attachments.delete', params: { attachment_id: 'atc_1' } }),
    () => ({ type: 'input.transcribe', params: { audio_base64: 'aGk=', mime_type: 'audio/webm' } }),
  ])();
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const NASTY: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER,
  () => 5.5,
  () => '',
  () => '\u0000',
  () => '\ud800',
  () => '\u2028\u202e\ufeff',
  () => '../../../etc/passwd',
  () => "'; DROP TABLE threads; --",
  () => '{{7*7}}<script>alert(1)</script>',
  () => '__proto__',
  () => 'constructor',
  () => 'x'.repeat(5_000),
  () => [],
  () => ({}),
  () => deep(50),
  () => deep(2_000),
  () => Array.from({ length: 500 }, () => ({})),
  () =>
    JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ) as unknown,
  () => ({ toString: 1, valueOf: null, length: -1 }),
  (random) => Math.floor(random() * 10),
  (random) => String(random()),
];

const NAMES = ['__proto__', 'constructor', 'then', 'toJSON', 'type', 'id', 'limit', '', '$ref', 'metadata'];

/** One to three changes somewhere in a request: another value, a field less, a field more, a field under another name. */
export function mutate(random: Random, request: Record<string, unknown>): unknown {
  const copy = structuredClone(request);
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change += 1) {
    const places = placesIn(copy);
    const place = pick(random, places);
    const kind = random();
    if (kind < 0.6) place.parent[place.key] = pick(random, NASTY)(random);
    else if (kind < 0.75) delete place.parent[place.key];
    else if (kind < 0.9) {
      const value = pick(random, NASTY)(random);
      Object.defineProperty(place.parent, pick(random, NAMES), {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      place.parent[`${place.key}_`] = place.parent[place.key];
      delete place.parent[place.key];
    }
  }
  return random() < 0.02 ? pick(random, NASTY)(random) : copy;
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: object, found: Place[] = []): Place[] {
  if (found.length > 200) return found;
  for (const key of Object.keys(value)) {
    const parent = value as Record<string, unknown>;
    found.push({ parent, key });
    const child = parent[key];
    if (typeof child === 'object' && child !== null && found.length < 200) placesIn(child, found);
  }
  return found.length === 0 ? [{ parent: value as Record<string, unknown>, key: 'x' }] : found;
}

/** What is not even JSON. */
export function brokenBody(random: Random, request: Record<string, unknown>): Buffer {
  const text = Buffer.from(JSON.stringify(request));
  const at = Math.floor(random() * text.length);
  return pick<() => Buffer>(random, [
    () => text.subarray(0, at),
    () => Buffer.concat([text.subarray(0, at), Buffer.from([0xff, 0x00, 0xc3]), text.subarray(at)]),
    () => Buffer.from('['.repeat(20_000)),
    () => Buffer.from(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
    () => Buffer.concat([text, text]),
    () => Buffer.alloc(0),
    () => Buffer.from('"'),
    () => Buffer.from(`{"type":"threads.list","params":{"limit":${'9'.repeat(400)}}}`),
  ])();
}
