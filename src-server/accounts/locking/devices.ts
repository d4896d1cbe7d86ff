/** Browsers and windows that are known again by a cookie of their own, and who agreed to be shown there. */
import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { devicePeople, users } from '../../database/accounts/schema.ts';
import type { AccountsDatabase } from '../database.ts';
import type { UserRow } from '../users.ts';

/** More people than that are not shown in one place; those who were there last are. */
const SHOWN = 50;

/** What the cookie of a new browser or window holds: 32 random bytes. */
export function newDeviceSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of it. */
export function deviceHashOf(secret: string): Buffer {
  return createHash('sha256').update('foyer/device/v1').update(secret).digest();
}

export type Devices = ReturnType<typeof openDevices>;

export function openDevices(database: AccountsDatabase, now: () => Date) {
  const row = (deviceHash: Buffer, userId: string) =>
    and(eq(devicePeople.deviceHash, deviceHash), eq(devicePeople.userId, userId));

  return {
    show(deviceHash: Buffer, userId: string): void {
      const lastUsedAt = now().getTime();
      database
        .insert(devicePeople)
        .values({ deviceHash, userId, lastUsedAt })
        .onConflictDoUpdate({
          target: [devicePeople.deviceHash, devicePeople.userId],
          set: { lastUsedAt },
        })
        .run();
    },

    /** @returns false when they were not shown there */
    hide: (deviceHash: Buffer, userId: string): boolean =>
      database.delete(devicePeople).where(row(deviceHash, userId)).run().changes > 0,

    /** Somebody who is shown there was there again. */
    used(deviceHash: Buffer, userId: string): void {
      database.update(devicePeople).set({ lastUsedAt: now().getTime() }).where(row(deviceHash, userId)).run();
    },

    shows: (deviceHash: Buffer, userId: string): boolean =>
      database
        .select({ at: devicePeople.lastUsedAt })
        .from(devicePeople)
        .where(row(deviceHash, userId))
        .get() !== undefined,

    /** Who is shown there and may sign in, the one who was there last first. */
    peopleOf: (deviceHash: Buffer): UserRow[] =>
      database
        .select({ user: users })
        .from(devicePeople)
        .innerJoin(users, eq(devicePeople.userId, users.id))
        .where(and(eq(devicePeople.deviceHash, deviceHash), eq(users.status, 'active')))
        .orderBy(desc(devicePeople.lastUsedAt))
        .limit(SHOWN)
        .all()
        .map(({ user }) => user),
  };
}
