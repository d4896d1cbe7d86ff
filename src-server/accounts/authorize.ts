/**
 * Who may do what: one table, asked by every route, every ChatKit operation and every stream. What does not stand in it
 * is allowed to nobody. Knows nothing of HTTP.
 */
import type { Role } from '../context.ts';

/** `anybody`: without signing in too. `people`: whoever is signed in. */
type Audience = 'anybody' | 'people' | 'administrators';

/** `own`: only with things of the caller. `foyer`: with what belongs to the installation. */
interface Rule {
  readonly who: Audience;
  readonly on: 'own' | 'foyer';
  /**
   * Also for those who first have to do something else. `choosing-password`: who have to choose a password of their
   * own; they may know who they are, and go. `sealing`, which comes after that: who have to seal their account.
   */
  readonly evenBefore?: 'choosing-password' | 'sealing';
}

const open = { who: 'anybody', on: 'foyer' } as const satisfies Rule;
const own = { who: 'people', on: 'own' } as const satisfies Rule;
const always = { ...own, evenBefore: 'choosing-password' } as const satisfies Rule;
const toSeal = { ...own, evenBefore: 'sealing' } as const satisfies Rule;
const shared = { who: 'people', on: 'foyer' } as const satisfies Rule;
const governed = { who: 'administrators', on: 'foyer' } as const satisfies Rule;

const RULES = {
  'health.read': open,
  'page.open': open,
  'setup.read': open,
  'setup.complete': open,
  'session.start': open,
  'session.open-by-pin': open,
  'device.read': open,
  'device.change': open,
  'account.recover': open,

  'account.read': always,
  'password.change': always,
  'history.open': always,
  'protection.read': toSeal,
  'account.seal': toSeal,
  'protection.change': own,
  'session.list': own,
  'session.end': always,
  'lock.read': always,
  'session.lock': always,
  'session.use': always,
  'session.revoke': own,
  'locking.read': own,
  'locking.change': own,
  'pin.change': own,
  'budget.read': own,
  'personal-keys.read': own,
  'personal-keys.change': own,
  'status.read': shared,

  'draft.read': own,
  'draft.write': own,
  'attachment.add': own,
  'attachment.read': own,
  'attachment.remove': own,
  'thread.create': own,
  'thread.read': own,
  'thread.search': own,
  'history.export': own,
  'thread.write': own,
  'thread.remove': own,
  'run.list': own,
  'run.follow': own,
  'run.stop': own,
  'speech.transcribe': own,

  'administration.open': governed,
  'people.read': governed,
  'people.change': governed,
  'people.delete': governed,
  'people.sign-out': governed,
  'connections.read': governed,
  'connections.change': governed,
  'policies.read': governed,
  'policies.change': governed,
  'usage.read': governed,
  'audit.read': governed,
  'audit.export': governed,
  'audit.verify': governed,
  'storage.read': governed,
  'storage.check': governed,
  'about.read': governed,
  'settings.read': governed,
  'settings.change': governed,
} as const satisfies Readonly<Record<string, Rule>>;

/** Everything that can be asked for. */
export type Action = keyof typeof RULES;

type ActionOf<Who extends Audience> = {
  [Name in Action]: (typeof RULES)[Name]['who'] extends Who ? Name : never;
}[Action];

/** What needs nobody to be signed in. */
export type OpenAction = ActionOf<'anybody'>;

/** What somebody does who is signed in. */
export type PersonAction = ActionOf<'people' | 'administrators'>;

/** The part of a caller that decides. Somebody whose session is over or who is deactivated is no caller at all. */
export interface Actor {
  readonly role: Role;
  readonly user: { readonly id: string; readonly password_is_temporary: boolean };
  /** Whether their account has to be sealed, and is not yet. */
  readonly mustSeal: boolean;
}

/** What an action is about: a thing of somebody, or the installation. Null is a thing that does not exist. */
export type Subject = { readonly ownerId: string } | 'foyer' | null;

/** `missing` is also said of what belongs to somebody else: nobody learns that it exists. */
export type Decision = 'allowed' | 'sign-in' | 'choose-password' | 'seal' | 'forbidden' | 'missing';

/**
 * Whether somebody may do something.
 *
 * @param actor null when nobody is signed in
 * @param subject what it is about; things are looked up with their owner, and `own` actions need one
 */
export function authorize(actor: Actor | null, action: Action, subject: Subject): Decision {
  if (!Object.hasOwn(RULES, action)) return 'forbidden';
  const { who, on, evenBefore }: Rule = RULES[action];
  if (who === 'anybody') return 'allowed';
  if (actor === null) return 'sign-in';
  if (actor.user.password_is_temporary && evenBefore !== 'choosing-password') return 'choose-password';
  if (actor.mustSeal && evenBefore === undefined) return 'seal';
  if (who === 'administrators' && actor.role !== 'administrator') return 'forbidden';
  if (on === 'foyer') return 'allowed';
  return subject !== null && subject !== 'foyer' && subject.ownerId === actor.user.id ? 'allowed' : 'missing';
}

/** Every action, for tests and tables that must not forget one. */
export const ACTIONS = Object.keys(RULES) as readonly Action[];
