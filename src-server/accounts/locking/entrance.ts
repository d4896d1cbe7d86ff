/** Coming in through a browser or window: the session that waits there is gone on with, and nobody else's stays open. */
import type { WriteAudit } from '../audit.ts';
import type { NewSession, SessionOfUser, Sessions } from '../sessions.ts';
import type { UserRow } from '../users.ts';
import type { Devices } from './devices.ts';

/** Where somebody comes in. Programs have none: they get a session of their own each time. */
export interface Entrance {
  /** SHA-256 of the cookie that tells the browser or window again. */
  readonly deviceHash: Buffer;
  /** What its cookie for sessions holds at the moment. */
  readonly sessionSecret: string | null;
  /** Whether the person wants to be shown there from now on; undefined leaves it as it is. */
  readonly show?: boolean | undefined;
}

export interface EntranceParts {
  readonly sessions: Sessions;
  readonly devices: Devices;
  readonly writeAudit: WriteAudit;
}

export interface Entered {
  readonly session: NewSession;
  /** The session of somebody else that the window showed until now; to be locked after the transaction. */
  readonly replaced: SessionOfUser | null;
}

/** @param place what people recognise the session by */
export type Enter = (row: UserRow, place: string | null, entrance: Entrance | null) => Entered;

/** Makes or opens the session of somebody who has just shown who they are; within a transaction. */
export function entering(parts: EntranceParts): Enter {
  const { sessions, devices, writeAudit } = parts;

  return (row, place, entrance) => {
    const start = (deviceHash: Buffer | null): NewSession => {
      writeAudit({ action: 'session.started', actorId: row.id, subjectId: row.id });
      return sessions.create(row.id, place, deviceHash);
    };
    if (entrance === null) return { session: start(null), replaced: null };
    const { deviceHash, sessionSecret, show } = entrance;
    const present = sessionSecret === null ? null : sessions.findBySecret(sessionSecret, false);
    if (show !== undefined) setShown({ devices, writeAudit }, row.id, deviceHash, show);
    devices.used(deviceHash, row.id);
    const isOwn = present?.user.id === row.id;
    const waiting = isOwn ? present : sessions.findOnDevice(row.id, deviceHash);
    const replaced = isOwn ? null : present;
    if (waiting === null) return { session: start(deviceHash), replaced };
    const action = waiting.lockedAt === null ? 'session.started' : 'session.unlocked';
    writeAudit({ action, actorId: row.id, subjectId: row.id });
    return { session: sessions.reopen(waiting.sessionId, deviceHash), replaced };
  };
}

/** Shows a person in a browser or window, or no longer; within a transaction. */
export function setShown(
  { devices, writeAudit }: { devices: Devices; writeAudit: WriteAudit },
  userId: string,
  deviceHash: Buffer,
  show: boolean,
): void {
  if (show === devices.shows(deviceHash, userId)) return;
  if (show) devices.show(deviceHash, userId);
  else devices.hide(deviceHash, userId);
  writeAudit({ action: show ? 'device.shown' : 'device.hidden', actorId: userId, subjectId: userId });
}

/** Whether somebody may be named by their id alone there: they are shown, or have a session there. */
export function isKnownThere(
  { devices, sessions }: { devices: Devices; sessions: Sessions },
  userId: string,
  { deviceHash, sessionSecret }: Entrance,
): boolean {
  if (devices.shows(deviceHash, userId) || sessions.findOnDevice(userId, deviceHash) !== null) return true;
  const present: SessionOfUser | null =
    sessionSecret === null ? null : sessions.findBySecret(sessionSecret, false);
  return present?.user.id === userId;
}
