/** Every route of Foyer, for tests that go through all of them. */
import fs from 'node:fs';

export interface ListedRoute {
  readonly method: string;
  readonly path: string;
}

/**
 * Read from the table of `authorization.test.ts`, which fails as soon as a mounted route is missing there: a list of its
 * own would be one more that can be forgotten.
 */
export function listedRoutes(): ListedRoute[] {
  const source = fs.readFileSync(new URL('../integration/authorization.test.ts', import.meta.url), 'utf8');
  const table = source.slice(source.indexOf('const ROUTES'), source.indexOf('interface Layer'));
  const routes = [...table.matchAll(/^ {2}'([A-Z]+) (\/\S*)':/gm)];
  if (routes.length < 50) throw new Error('the table of routes has moved');
  return routes.map(([, method = '', path = '']) => ({ method, path }));
}
