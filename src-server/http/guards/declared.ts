/**
 * Every route says which action it is. One that does not is found when Foyer starts, and Foyer does not start: a route
 * that forgets to ask who calls cannot be reached by anybody.
 */
import type { RequestHandler, Router } from 'express';
import type { Action } from '../../accounts/index.ts';

const declared = new WeakMap<object, Action>();

/** Marks a handler as one that has asked for this action before it does anything. */
export function declare(action: Action, handler: RequestHandler): RequestHandler {
  declared.set(handler, action);
  return handler;
}

/** The part of express's routers that says what is mounted where. */
interface Layer {
  readonly route?: {
    readonly path: string | string[];
    readonly stack: readonly { readonly method: string; readonly handle: object }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/**
 * Marks the routes of a router that asks in one place for all of them.
 *
 * @param actions by method and path, as in `GET /runs/:id`
 * @throws {Error} for a route that is not among them
 */
export function declareRoutes(router: Router, actions: Readonly<Record<string, Action>>): void {
  for (const { name, handles } of routesOf(router.stack as unknown as readonly Layer[])) {
    const action = actions[name];
    if (action === undefined) throw new Error(`${name} has no action`);
    for (const handle of handles) declared.set(handle, action);
  }
}

/** @throws {Error} naming the routes below a router that do not say what they are */
export function refuseUndeclared(router: Router): void {
  const wild = routesOf(router.stack as unknown as readonly Layer[])
    .filter(({ handles }) => !handles.some((handle) => declared.has(handle)))
    .map(({ name }) => name);
  if (wild.length > 0) throw new Error(`routes without an action: ${wild.join(', ')}`);
}

function routesOf(stack: readonly Layer[]): { name: string; handles: object[] }[] {
  return stack.flatMap(({ route, handle }) => {
    if (route === undefined) return routesOf(handle.stack ?? []);
    const methods = [...new Set(route.stack.map(({ method }) => method))];
    return methods.map((method) => ({
      name: `${(method ?? 'all').toUpperCase()} ${[route.path].flat().join(' ')}`,
      handles: route.stack.filter((layer) => layer.method === method).map((layer) => layer.handle),
    }));
  });
}
