import type { User } from '../../../../src-shared/api/index.ts';
import type { Api } from '../../api/api.ts';
import type { SessionStore } from '../../session/session.ts';

/**
 * Lets somebody in who has just signed in. A sealed history can be closed although the password was right, when it was
 * set by somebody else: the server says so when it is asked, before the page asks for anything.
 */
export function enter(
  session: SessionStore,
  api: Pick<Api, 'me' | 'setupNeeded' | 'lockState'>,
  user: User,
): void {
  session.signedIn(user);
  if (user.protection === 'sealed') void session.open(api);
}
