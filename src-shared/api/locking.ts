/** REST shapes for several people at one machine: PINs, locked sessions, who is shown where. */
import { z } from 'zod';
import { pinProblem } from './pin-rules.ts';

/** What stands for a PIN in a request: digits, checked further only where one is made. */
export const pinEntrySchema = z.string().regex(/^\d{1,32}$/);

/** A PIN that is to become valid. */
export const newPinSchema = pinEntrySchema.refine((pin) => pinProblem(pin) === null, {
  error: 'too short, too long, or among the first that are guessed',
});

/** Somebody who may be shown at this machine: never their whole address, unless two share the part before the @. */
export const personTileSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** One of the {@link TILE_COLORS} colours, always the same for the same person. */
  color: z.int().min(0),
  /** They have a session here that can be gone on with. */
  waiting: z.boolean(),
  /** How many wrong PINs are left; null when there is no PIN. */
  pin_tries: z.int().nullable(),
});
export type PersonTile = z.infer<typeof personTileSchema>;

/** How many colours there are for tiles. */
export const TILE_COLORS = 8;

/** Answer of `GET /api/device/people`. */
export const devicePeopleSchema = z.object({ people: z.array(personTileSchema) });

/** Answer of `POST /api/lock/active`, which says that the person did something. */
export const openStateSchema = z.object({
  state: z.literal('open'),
  user_id: z.string(),
  /** Milliseconds until the session locks itself when nobody does anything; null when it does not. */
  locks_in_ms: z.number().nullable(),
});
/** Answer of `GET /api/lock`: the state of the caller's session. Asking does not count as use. */
export const lockStateSchema = z.discriminatedUnion('state', [
  openStateSchema,
  z.object({ state: z.literal('locked'), person: personTileSchema }),
]);
export type LockState = z.infer<typeof lockStateSchema>;

/** Body of `POST /api/auth/pin`: unlocks, or signs in, a person whom this browser or window knows. */
export const pinSignInSchema = z.object({ person: z.string().max(100), pin: pinEntrySchema });

/** Why there can be no PIN: `file`: a sealed account, and the keychain is a file beside the data. */
export const pinRefusalSchema = z.enum(['no-keychain', 'file', 'guest']);
export type PinRefusal = z.infer<typeof pinRefusalSchema>;

/** Answer of `GET /api/users/me/locking`. */
export const ownLockingSchema = z.object({
  pin: z.discriminatedUnion('state', [
    z.object({ state: z.literal('none') }),
    z.object({ state: z.literal('set'), created_at: z.string() }),
    z.object({ state: z.literal('impossible'), reason: pinRefusalSchema }),
  ]),
  /** The person's own choice in minutes; null: as late as the administrator allows. */
  lock_after_minutes: z.int().nullable(),
  /** The longest time that the administrator allows; null when there is none. */
  longest_minutes: z.int().nullable(),
  /** Whether this browser or window shows the person at the sign-in page. */
  shown_here: z.boolean(),
});
export type OwnLocking = z.infer<typeof ownLockingSchema>;

const minutes = z.int().min(1).max(1_440);

/** Body of `PUT /api/users/me/locking`; what is absent stays as it is. */
export const changeOwnLockingSchema = z.object({
  lock_after_minutes: minutes.nullable().optional(),
  shown_here: z.boolean().optional(),
});
export type ChangeOwnLocking = z.infer<typeof changeOwnLockingSchema>;

/** Body of `PUT /api/users/me/pin`. */
export const setPinSchema = z.object({
  password: z.string().max(256),
  pin: newPinSchema,
  /** Whether the person wants to be shown at the sign-in page of this browser or window. */
  shown_here: z.boolean(),
});

/** What administrators decide about locking. */
export const lockingRulesSchema = z.object({
  /** 0: nobody has to be locked. */
  longest_minutes: z.int().min(0).max(1_440),
  with_system: z.boolean(),
  at_start: z.boolean(),
});
export type LockingRules = z.infer<typeof lockingRulesSchema>;

/** Answer of `GET /api/admin/locking`; `fixed` names what the environment decides. */
export const adminLockingSchema = lockingRulesSchema.extend({ fixed: z.array(lockingRulesSchema.keyof()) });
export type AdminLocking = z.infer<typeof adminLockingSchema>;
export const changeLockingRulesSchema = lockingRulesSchema.partial();
