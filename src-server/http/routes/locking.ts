/** Several people at one machine: who is shown, PINs, locking and unlocking, and what everybody decides about it. */
import { Router } from 'express';
import {
  type AdminLocking,
  changeLockingRulesSchema,
  changeOwnLockingSchema,
  type LockingRules,
  pinSignInSchema,
  setPinSchema,
} from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import type { EditableName, Settings } from '../../settings/settings.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { placeOf } from '../place.ts';
import { refusedSignIn } from '../sign-in-errors.ts';
import { loginResponse } from '../signing-in.ts';
import { parseBody } from '../validate.ts';

const RULES = {
  longest_minutes: 'FOYER_LOCK_AFTER_MINUTES',
  with_system: 'FOYER_LOCK_WITH_SYSTEM',
  at_start: 'FOYER_LOCK_AT_START',
} as const satisfies Record<keyof LockingRules, EditableName>;
const RULE_NAMES = Object.keys(RULES) as (keyof LockingRules)[];

export function lockingRoutes(accounts: Accounts, guard: CallerGuard, settings: Settings): Router {
  const router = Router();

  router.get(
    '/lock',
    guard.holder('lock.read', ({ sessionId }, request, response) => {
      const found = accounts.presence(sessionId, guard.entranceOf(request));
      if (found === null) throw new ApiError('unauthorized');
      response.json(
        found.state === 'locked'
          ? found
          : { state: 'open', user_id: found.userId, locks_in_ms: found.locksInMs },
      );
    }),
  );

  router.post(
    '/lock',
    guard.may('session.lock', (caller, _request, response) => {
      accounts.lockSession(caller);
      response.status(204).end();
    }),
  );

  router.post(
    '/lock/active',
    // Who types the password that opens their history is at work too.
    guard.present('session.use', (holder, _request, response) => {
      accounts.active(holder);
      response.json({ state: 'open', user_id: holder.user.id, locks_in_ms: accounts.locksInMs(holder) });
    }),
  );

  router.post(
    '/auth/pin',
    guard.open('session.open-by-pin', async (request, response) => {
      const { person, pin } = parseBody(request, pinSignInSchema);
      // A window that has no cookie yet gets one and is asked like any other: nobody is known there.
      const entrance = guard.entranceFor(request, response);
      const opened = await accounts
        .openWithPin(entrance, person, pin, placeOf(request.get('user-agent')))
        .catch(refusedSignIn);
      if (opened === 'wrong') throw new ApiError('wrong_pin');
      if (opened === 'gone') throw new ApiError('pin_gone');
      if (opened === 'no-keychain') throw new ApiError('pin_unavailable');
      guard.setCookie(response, opened.cookieSecret);
      response.json(loginResponse(opened));
    }),
  );

  router.get(
    '/device/people',
    guard.open('device.read', (request, response) => {
      response.json({ people: accounts.peopleAt(guard.entranceOf(request)) });
    }),
  );

  router.delete(
    '/device/people/:id',
    guard.open('device.change', (request, response) => {
      const entrance = guard.entranceOf(request);
      if (entrance !== null) accounts.hideAt(entrance, String(request.params.id));
      response.json({ people: accounts.peopleAt(entrance) });
    }),
  );

  router.get(
    '/users/me/locking',
    guard.may('locking.read', (caller, request, response) => {
      response.json(accounts.ownLocking(caller, guard.entranceOf(request)));
    }),
  );

  router.put(
    '/users/me/locking',
    guard.may('locking.change', (caller, request, response) => {
      const entrance = guard.entranceOf(request);
      accounts.changeOwnLocking(caller, entrance, parseBody(request, changeOwnLockingSchema));
      response.json(accounts.ownLocking(caller, entrance));
    }),
  );

  router.put(
    '/users/me/pin',
    guard.may('pin.change', async (caller, request, response) => {
      const { password, pin, shown_here } = parseBody(request, setPinSchema);
      const outcome = await accounts.setPin(caller, password, pin).catch(refusedSignIn);
      if (outcome === 'wrong-password') throw new ApiError('wrong_password');
      if (outcome !== 'ok') throw new ApiError('pin_unavailable');
      const entrance = guard.entranceOf(request);
      accounts.changeOwnLocking(caller, entrance, { shown_here });
      response.json(accounts.ownLocking(caller, entrance));
    }),
  );

  router.delete(
    '/users/me/pin',
    guard.may('pin.change', (caller, request, response) => {
      accounts.removePin(caller);
      response.json(accounts.ownLocking(caller, guard.entranceOf(request)));
    }),
  );

  const present = (): AdminLocking => ({
    longest_minutes: settings.value('FOYER_LOCK_AFTER_MINUTES'),
    with_system: settings.value('FOYER_LOCK_WITH_SYSTEM') === 'on',
    at_start: settings.value('FOYER_LOCK_AT_START') === 'on',
    fixed: RULE_NAMES.filter((name) => isFixed(settings, RULES[name])),
  });

  router.get(
    '/admin/locking',
    guard.may('settings.read', (_caller, _request, response) => void response.json(present())),
  );

  router.put(
    '/admin/locking',
    guard.may('settings.change', (_caller, request, response) => {
      const input = parseBody(request, changeLockingRulesSchema);
      const changes: Partial<Record<EditableName, string>> = {};
      for (const name of RULE_NAMES) {
        const value = input[name];
        if (value === undefined) continue;
        if (isFixed(settings, RULES[name])) throw new ApiError('managed_by_environment', `(${RULES[name]})`);
        changes[RULES[name]] = typeof value === 'number' ? String(value) : value ? 'on' : 'off';
      }
      settings.update(changes);
      response.json(present());
    }),
  );

  return router;
}

function isFixed(settings: Settings, name: EditableName): boolean {
  const { source } = settings.get(name);
  return source === 'environment' || source === 'env-file';
}
