import { describe, expect, it } from 'vitest';
import type { Session } from '../session/session.ts';
import { ada, bob as user } from '../testing/fake-api.ts';
import { decide } from './decide.ts';

const member = { kind: 'signed-in', user, landing: '/', mustSeal: false } as const satisfies Session;
const administrator = { ...member, user: ada } as const satisfies Session;
const newcomer: Session = { ...member, user: { ...ada, password_is_temporary: true } };
const guest: Session = { kind: 'guest', ended: false, returnTo: '/' };

const to = (path: string) => ({ kind: 'redirect', to: path });
const page = (name: string) => ({ kind: 'page', page: name });

describe('decide', () => {
  it.each([
    ['/', guest, to('/login')],
    ['/admin', guest, to('/login')],
    ['/setup', guest, to('/login')],
    ['/login', guest, { kind: 'login' }],
    ['/', { kind: 'setup' } as const, to('/setup')],
    ['/login', { kind: 'setup' } as const, to('/setup')],
    ['/setup', { kind: 'setup' } as const, { kind: 'setup' }],
    ['/', member, page('chat')],
    ['/account', member, page('account')],
    ['/account', { kind: 'closed', user } as const, { kind: 'open-history', page: 'account' }],
    ['/nowhere', { kind: 'closed', user: null } as const, { kind: 'open-history', page: 'chat' }],
    ['/account', guest, to('/login')],
    ['/login', member, to('/')],
    ['/setup', member, to('/')],
    ['/admin', member, to('/')],
    ['/admin/settings', member, to('/')],
    ['/account', member, page('account')],
    ['/account', guest, to('/login')],
    ['/', newcomer, { kind: 'new-password' }],
    ['/login', newcomer, { kind: 'new-password' }],
    ['/admin', newcomer, { kind: 'new-password' }],
    ['/admin', administrator, page('users')],
    ['/admin/settings', administrator, page('settings')],
    ['/admin/', administrator, to('/admin')],
    ['/admin/usage/', administrator, to('/admin/usage')],
    ['/account/', member, to('/account')],
    ['/nowhere/', administrator, to('/')],
    ['/nowhere', administrator, to('/')],
    ['/toString', administrator, to('/')],
    ['/', { kind: 'loading' } as const, { kind: 'wait' }],
    ['/', { kind: 'unknown', failure: { kind: 'unreachable' } } as const, { kind: 'unknown' }],
  ])('%s for %j', (path, session, decision) => {
    expect(decide(path, session)).toEqual(decision);
  });

  it('returns to where the person was, and only to own pages', () => {
    expect(decide('/login', { ...administrator, landing: '/admin' })).toEqual(to('/admin'));
    expect(decide('/login', { ...administrator, landing: '//evil.example' })).toEqual(to('/'));
  });
});
