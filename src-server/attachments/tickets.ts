import { createHash, randomBytes } from 'node:crypto';

/** What a ticket is good for. */
export interface Ticket {
  readonly userId: string;
  readonly attachmentId: string;
  /** Bytes that were announced. */
  readonly size: number;
}

/** Tickets that one person may have at a time; the oldest ends when there are more. */
const MAX_PER_PERSON = 64;

/**
 * Permissions to upload one file each: they end after `lifetimeMs`, when they are used, and with the process. Only
 * their hashes are kept.
 */
export function uploadTickets(lifetimeMs: number, now: () => number = Date.now) {
  const issued = new Map<string, Ticket & { readonly expiresAt: number }>();
  const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');

  return {
    /** @returns the secret, to be sent back with the bytes */
    issue(ticket: Ticket): string {
      for (const [key, { expiresAt }] of issued) if (expiresAt <= now()) issued.delete(key);
      const own = [...issued].filter(([, { userId }]) => userId === ticket.userId);
      const [oldest] = own;
      if (own.length >= MAX_PER_PERSON && oldest !== undefined) issued.delete(oldest[0]);
      const secret = randomBytes(32).toString('base64url');
      issued.set(hash(secret), { ...ticket, expiresAt: now() + lifetimeMs });
      return secret;
    },
    /** Ends all tickets of a person. */
    revoke(userId: string): void {
      for (const [key, ticket] of issued) if (ticket.userId === userId) issued.delete(key);
    },
    /** Takes a ticket in; null when it is none, used, too old, or somebody else's. */
    redeem(secret: string, userId: string, attachmentId: string): Ticket | null {
      const key = hash(secret);
      const ticket = issued.get(key);
      if (ticket === undefined || ticket.userId !== userId || ticket.attachmentId !== attachmentId)
        return null;
      issued.delete(key);
      return ticket.expiresAt > now() ? ticket : null;
    },
  };
}

export type UploadTickets = ReturnType<typeof uploadTickets>;
