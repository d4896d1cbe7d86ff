/** A browser reduced to what the server sees of one: cookies that it keeps, and JSON. */
import { loginResponseSchema, type User } from '../../src-shared/api/index.ts';

export interface Browser {
  /** What it keeps, by name. */
  readonly cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** @throws when the answer is not 2xx */
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
  signIn(person: { email: string; password: string }, window?: 'show' | 'unchanged'): Promise<User>;
}

/** Gives somebody an account and lets them choose a password of their own. @returns their id */
export async function addPerson(
  url: string,
  administrator: { email: string; password: string },
  person: { email: string; password: string },
): Promise<string> {
  const [first, second] = [browserAt(url), browserAt(url)];
  const given = { ...person, password: `${person.password}, given` };
  await first.json('POST', '/api/auth/login', administrator);
  const { id } = await first.json<User>('POST', '/api/admin/users', given);
  await second.json('POST', '/api/auth/login', given);
  await second.json('POST', '/api/users/me/password', {
    current_password: given.password,
    new_password: person.password,
  });
  return id;
}

/** A browser without any cookie, as it is after installing. */
export function browserAt(url: string): Browser {
  const cookies = new Map<string, string>();
  const send: Browser['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...(cookies.size === 0
          ? {}
          : { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/expires=thu, 01 jan 1970/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  const json: Browser['json'] = async (method, path, body) => {
    const response = await send(method, path, body);
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as never;
  };
  return {
    cookies,
    send,
    json,
    signIn: async (person, window = 'unchanged') =>
      loginResponseSchema.parse(await json('POST', '/api/auth/login', { ...person, window })).user,
  };
}
