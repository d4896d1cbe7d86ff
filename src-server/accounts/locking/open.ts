/** Puts the pieces of locking together that signing in is made of. */
import { openDevices } from './devices.ts';
import { entering } from './entrance.ts';
import { type LockParts, openLocks, type SessionsLocked } from './locks.ts';
import { openPins, type PinParts } from './pins.ts';

export function openLocking(parts: PinParts & Omit<LockParts, 'sessionsLocked'>) {
  const { database, sessions, writeAudit, now } = parts;
  const listeners = new Set<(event: SessionsLocked) => void>();
  const sessionsLocked = (event: SessionsLocked) => {
    for (const listener of listeners) listener(event);
  };
  const devices = openDevices(database, now);
  const pins = openPins(parts);
  return {
    devices,
    pins,
    locks: openLocks({ ...parts, sessionsLocked }),
    enter: entering({ sessions, devices, writeAudit }),
    dropPin: (userId: string): boolean => pins.dropIn(userId),
    /** @returns stops listening */
    onSessionsLocked(listener: (event: SessionsLocked) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
