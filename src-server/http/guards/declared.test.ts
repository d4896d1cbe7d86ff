import { Router } from 'express';
import { expect, it } from 'vitest';
import { declare, declareRoutes, refuseUndeclared } from './declared.ts';

const handler = () => undefined;

it('takes routers whose every route says what it is, however deep', () => {
  const inner = Router().get(
    '/b',
    declare('health.read', () => undefined),
  );
  expect(() => refuseUndeclared(Router().use('/a', Router().use(inner)))).not.toThrow();
});

it('refuses a route without an action, and a method that was forgotten beside one', () => {
  const inner = Router().get('/b', handler);
  expect(() => refuseUndeclared(Router().use('/a', Router().use(inner)))).toThrow('GET /b');
  const half = Router();
  half
    .route('/c')
    .get(declare('health.read', () => undefined))
    .delete(handler);
  expect(() => refuseUndeclared(half)).toThrow('DELETE /c');
  expect(() => refuseUndeclared(Router().all('/d', handler))).toThrow('ALL /d');
});

it('takes a router that asks in one place, with all of its routes in a table', () => {
  const router = () => Router().get('/runs', handler).post('/runs', handler);
  const complete = router();
  declareRoutes(complete, { 'GET /runs': 'run.list', 'POST /runs': 'run.stop' });
  expect(() => refuseUndeclared(complete)).not.toThrow();
  expect(() => declareRoutes(router(), { 'GET /runs': 'run.list' })).toThrow('POST /runs has no action');
});
