/** Everybody who might call: nine kinds of callers of one Foyer, each with what shows who they are. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { type Client, clientWith, signIn } from './client.ts';
import type { TestFoyer } from './foyer.ts';
import { ADMINISTRATOR } from './headless.ts';

/** Nobody signed in, in whatever way. */
export const STRANGERS = ['anonymous', 'expired', 'deactivated'] as const;
/** People who are signed in. `user` is the one whose things are called for. */
export const PEOPLE = ['user', 'other user', 'guest', 'administrator'] as const;

/** People who are signed in and have to seal their account before anything else. */
export const UNSEALED = ['unsealed user', 'unsealed administrator'] as const;

export type Stranger = (typeof STRANGERS)[number];
export type Person = (typeof PEOPLE)[number];
export type Unsealed = (typeof UNSEALED)[number];
export type Credentials = Readonly<Record<string, string>>;

export interface Cast {
  /** Signed in, anew where an earlier call ended the session. */
  as(person: Person): Promise<Client>;
  /** Signed in, with a session that waits for its owner. */
  locked(person: Person): Promise<Client>;
  /** Signed in; the account has to be sealed and is not. */
  unsealed(person: Unsealed): Promise<Client>;
  /** Every way in which such a stranger may try to be somebody, by what it is. */
  tries(stranger: Stranger): Promise<Readonly<Record<string, Credentials>>>;
  idOf(person: Person | 'deactivated'): string;
  /** Changes the accounts behind Foyer's back. */
  sql(statement: string, ...values: (string | number)[]): void;
}

const password = 'another battery staple';
const emails: Readonly<Record<Person | Unsealed | 'deactivated' | 'expired', string>> = {
  user: 'uma@example.org',
  'other user': 'otto@example.org',
  guest: 'gus@example.org',
  administrator: ADMINISTRATOR.email,
  deactivated: 'dan@example.org',
  expired: 'eve@example.org',
  'unsealed user': 'una@example.org',
  'unsealed administrator': 'ulf@example.org',
};

/** @param foyer one that was started with {@link ADMINISTRATOR} */
export async function gather(foyer: TestFoyer): Promise<Cast> {
  const sql = (statement: string, ...values: (string | number)[]) => {
    const database = new Database(path.join(foyer.dataDir, 'foyer.db'));
    database.prepare(statement).run(...values);
    database.close();
  };
  const enter = (who: keyof typeof emails) =>
    signIn(foyer.url, who === 'administrator' ? ADMINISTRATOR : { email: emails[who], password });
  /** A token and a cookie of one and the same person. */
  const credentials = async (who: 'deactivated' | 'expired') => {
    const answer = await fetch(new URL('/api/auth/login', foyer.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: emails[who], password }),
    });
    expect(answer.status).toBe(200);
    const { access_token } = (await answer.json()) as { access_token: string };
    const cookie = String(answer.headers.getSetCookie()[0]).split(';')[0]!;
    return { token: { Authorization: `Bearer ${access_token}` }, cookie: { Cookie: cookie } };
  };

  const clients = new Map<Person | Unsealed, Client>([['administrator', await enter('administrator')]]);
  const lockedClients = new Map<Person, Client>();
  const ids = new Map<string, string>();
  const administrator = clients.get('administrator')!;
  for (const [who, email] of Object.entries(emails)) {
    if (who === 'administrator') continue;
    const created = await administrator.rest('POST', '/api/admin/users', { email, password });
    expect(created.status).toBe(201);
    ids.set(who, ((await created.json()) as { id: string }).id);
  }
  const me = await administrator.rest('GET', '/api/users/me');
  ids.set('administrator', ((await me.json()) as { id: string }).id);
  sql('UPDATE users SET password_is_temporary = 0');
  sql("UPDATE users SET role = 'guest' WHERE email = ?", emails.guest);

  sql("UPDATE users SET role = 'administrator' WHERE email = ?", emails['unsealed administrator']);
  for (const who of UNSEALED) {
    const rule = await administrator.rest('PUT', `/api/admin/policies/people/${ids.get(who)}`, {
      sealing: 'required',
    });
    expect(rule.status).toBe(200);
  }

  const expired = await credentials('expired');
  sql('UPDATE sessions SET expires_at = 1 WHERE user_id = ?', ids.get('expired')!);
  const deactivated = await credentials('deactivated');
  sql("UPDATE users SET status = 'deactivated' WHERE email = ?", emails.deactivated);
  const port = new URL(foyer.url).port;
  const anonymous: Readonly<Record<string, Credentials>> = {
    nothing: {},
    'a made-up token': { Authorization: 'Bearer bad' },
    'a made-up cookie': { Cookie: `foyer_${port}=bad` },
  };

  const present = async (who: Person | Unsealed): Promise<Client> => {
    const known = clients.get(who);
    if (known !== undefined && (await known.rest('GET', '/api/users/me')).status === 200) return known;
    const fresh = await enter(who);
    clients.set(who, fresh);
    return clientWith(foyer.url, fresh.token);
  };

  return {
    sql,
    idOf: (person) => ids.get(person)!,
    as: present,
    unsealed: present,
    async locked(person) {
      const present = lockedClients.get(person);
      if (present !== undefined && (await present.rest('GET', '/api/lock')).status === 200) return present;
      const fresh = await enter(person);
      expect((await fresh.rest('POST', '/api/lock')).status).toBe(204);
      lockedClients.set(person, fresh);
      return fresh;
    },
    async tries(stranger) {
      return stranger === 'anonymous' ? anonymous : stranger === 'expired' ? expired : deactivated;
    },
  };
}
