/**
 * Within a second: whatever takes away what a person may do also ends what they have under way, on every connection,
 * and what the model server is still asked for.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userSchema } from '../../src-shared/api/index.ts';
import { type FakeOpenAI, startFakeOpenAI } from '../fake-openai/server.ts';
import { type Client, signIn } from '../support/client.ts';
import { startFoyer, type TestFoyer } from '../support/foyer.ts';
import { ADMINISTRATOR } from '../support/headless.ts';
import { startMachineClock } from '../support/machine-clock.ts';
import { type Door, openDoors } from '../support/open-doors.ts';

const SECOND_MS = 1_000;
/**
 * On the clock of the machine: what it withholds from this test, because others run beside it, does not count. Half of
 * the second, since the look once a second, which finds what nobody has ended, would be too late for it every other time.
 */
const LIMIT_MS = SECOND_MS / 2;

let model: FakeOpenAI;
let foyer: TestFoyer;
let administrator: Client;
beforeAll(async () => {
  model = await startFakeOpenAI();
  foyer = await startFoyer({ env: { OPENAI_BASE_URL: model.url } });
  administrator = await signIn(foyer.url, ADMINISTRATOR);
});
afterAll(async () => {
  await foyer.remove();
  await model.close();
});

interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly client: Client;
}

let count = 0;
async function newPerson(role: 'user' | 'guest'): Promise<Person> {
  count += 1;
  const person = { email: `person${count}@example.org`, password: `a password of person ${count}` };
  const created = await administrator.rest('POST', '/api/admin/users', { ...person, role });
  const { id } = userSchema.parse(await created.json());
  return { ...person, id, client: await signIn(foyer.url, person) };
}

type Cause = (person: Person) => Promise<Response>;
const patch =
  (changes: object): Cause =>
  ({ id }) =>
    administrator.rest('PATCH', `/api/admin/users/${id}`, changes);

/** What ends everything, and how the person comes back to see what was kept; null where nobody comes back. */
const CAUSES: Readonly<
  Record<string, { cause: Cause; password?: string; back?: Cause } | { cause: Cause; gone: true }>
> = {
  'a change of the role': { cause: patch({ role: 'administrator' }) },
  'a new password': {
    cause: patch({ password: 'given by an administrator' }),
    password: 'given by an administrator',
  },
  'being deactivated': { cause: patch({ is_active: false }), back: patch({ is_active: true }) },
  'being deleted': {
    cause: ({ id }) => administrator.rest('DELETE', `/api/admin/users/${id}`),
    gone: true,
  },
  'an administrator who ends the session': {
    cause: async ({ id }) => {
      const listed = await administrator.rest('GET', `/api/admin/users/${id}/sessions`);
      const { sessions } = (await listed.json()) as { sessions: { id: string }[] };
      return administrator.rest('DELETE', `/api/admin/users/${id}/sessions/${sessions[0]!.id}`);
    },
  },
  'an administrator who ends all sessions': {
    cause: ({ id }) => administrator.rest('DELETE', `/api/admin/users/${id}/sessions`),
  },
  'signing out everywhere': {
    cause: ({ client }) => client.rest('DELETE', '/api/users/me/sessions?all=true'),
  },
  'signing out': { cause: ({ client }) => client.rest('POST', '/api/auth/logout') },
};

/**
 * What has not ended in time, counted from when the cause is asked for. Nothing is waited for that does not end
 * within five real seconds, whatever the machine does.
 */
async function late(doors: readonly Door[], cause: () => Promise<Response>) {
  const clock = await startMachineClock();
  try {
    const from = clock.now();
    const ends = doors.map(async ({ name, closed }) => {
      const never = new Promise<number>((resolve) => setTimeout(resolve, 5_000, Number.POSITIVE_INFINITY));
      return { name, ms: (await Promise.race([closed.then(() => clock.now()), never])) - from };
    });
    const answer = await cause();
    expect(answer.ok, await answer.text()).toBe(true);
    return (await Promise.all(ends)).filter(({ ms }) => ms > LIMIT_MS);
  } finally {
    await clock.stop();
  }
}

function rows<T>(query: string, ...values: unknown[]): T {
  const database = new Database(path.join(foyer.dataDir, 'foyer.db'), { readonly: true });
  try {
    return database
      .prepare(query)
      .pluck()
      .get(...values) as T;
  } finally {
    database.close();
  }
}

/** The causes that are looked at for guests too; the others take the same ways. */
const FOR_GUESTS = new Set(['a change of the role', 'a new password', 'being deactivated', 'signing out']);

describe.each(Object.entries(CAUSES))('%s', (name, ending) => {
  const roles = FOR_GUESTS.has(name) ? (['user', 'guest'] as const) : (['user'] as const);
  it.each(roles)('ends all that a %s has under way, at the model server too', async (role) => {
    if (role === 'guest' && name === 'a change of the role') return guestBecomesUser();
    const person = await newPerson(role);
    const { doors, threads } = await openDoors(foyer.url, person.client, model);
    expect(doors.length).toBe(8);
    expect(await late(doors, () => ending.cause(person))).toEqual([]);
    expect((await person.client.rest('GET', '/api/users/me')).status).toBe(401);
    const asked = model.requests.length;
    expect(rows('SELECT count(*) FROM model_calls WHERE user_id = ?', person.id)).toBe(3);
    await expect
      .poll(() => rows("SELECT count(*) FROM model_calls WHERE user_id = ? AND state = 'open'", person.id))
      .toBe(0);
    // Nothing goes on asking.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(model.requests.length).toBe(asked);
    if ('gone' in ending) return;

    await ending.back?.(person);
    const again = await signIn(foyer.url, { ...person, password: ending.password ?? person.password });
    const answered = await again.operation('threads.list', {});
    const { data } = (await answered.json()) as { data: { id: string }[] };
    if (role === 'guest') expect(data).toEqual([]);
    else {
      expect(new Set(data.map(({ id }) => id))).toEqual(new Set(threads.values()));
      for (const question of ['stream', 'resumable']) {
        const items = await again.operation('items.list', {
          thread_id: threads.get(question),
          order: 'asc',
        });
        const kept = (await items.json()) as { data: { type: string; content: { text: string }[] }[] };
        expect(kept.data.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
        expect(kept.data[1]?.content[0]?.text).toContain('You asked');
      }
    }
  });
});

async function guestBecomesUser(): Promise<void> {
  const person = await newPerson('guest');
  const { doors } = await openDoors(foyer.url, person.client, model);
  expect(await late(doors, () => patch({ role: 'user' })(person))).toEqual([]);
  const again = await signIn(foyer.url, person);
  expect(await (await again.operation('threads.list', {})).json()).toMatchObject({ data: [] });
}

describe('a run that has ended so', () => {
  it('is found by nobody, neither from a new session', async () => {
    const person = await newPerson('user');
    const { runId } = await openDoors(foyer.url, person.client, model);
    await patch({ is_active: false })(person);
    await patch({ is_active: true })(person);
    const again = await signIn(foyer.url, person);
    expect((await again.rest('GET', `/api/chatkit/runs/${runId}`)).status).toBe(404);
    expect((await again.rest('POST', `/api/chatkit/runs/${runId}/stop`)).status).toBe(404);
  });

  it('leaves what others have under way alone', async () => {
    const [leaving, staying] = [await newPerson('user'), await newPerson('user')];
    const others = await openDoors(foyer.url, staying.client, model);
    const second = await signIn(foyer.url, leaving);
    await openDoors(foyer.url, leaving.client, model);
    const own = await openDoors(foyer.url, second, model);
    let closed = 0;
    for (const door of [...others.doors, ...own.doors]) void door.closed.then(() => (closed += 1));
    expect((await leaving.client.rest('POST', '/api/auth/logout')).status).toBe(204);
    await new Promise((resolve) => setTimeout(resolve, SECOND_MS));
    expect(closed).toBe(0);
    await administrator.rest('DELETE', `/api/admin/users/${leaving.id}`);
    await administrator.rest('DELETE', `/api/admin/users/${staying.id}`);
  });
});

it('an upload that was announced cannot begin when the person is back', async () => {
  const person = await newPerson('user');
  const announced = await person.client.operation('attachments.create', {
    name: 'a.txt',
    size: 1,
    mime_type: 'text/plain',
  });
  const { upload_descriptor } = (await announced.json()) as {
    upload_descriptor: { url: string; headers: Record<string, string> };
  };
  await patch({ is_active: false })(person);
  await patch({ is_active: true })(person);
  const again = await signIn(foyer.url, person);
  const uploaded = await fetch(upload_descriptor.url, {
    method: 'PUT',
    headers: { ...upload_descriptor.headers, authorization: `Bearer ${again.token}` },
    body: 'x',
  });
  expect(uploaded.status).toBe(403);
});
