import type { Role } from '../../../src-shared/api/index.ts';
import type { Dictionary } from './en.ts';

/** A role as people call it. */
export function roleName(role: Role, t: Dictionary): string {
  switch (role) {
    case 'administrator':
      return t.users.administrator;
    case 'user':
      return t.users.member;
    case 'guest':
      return t.people.guest;
  }
}
