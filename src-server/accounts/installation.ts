import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { installation } from '../database/accounts/schema.ts';
import type { AccountsDatabase } from './database.ts';

/** What is remembered about this installation. */
export interface Installation {
  /** Random, made at the first start; names this installation's entries in the keychain. */
  readonly id: string;
  /** Null until an install key was made. */
  installKeyFingerprint(): string | null;
  setInstallKeyFingerprint(fingerprint: string): void;
  /** Another fact, by its name; null when nobody has written it down. */
  read(name: string): string | null;
  write(name: string, value: string): void;
}

export function openInstallation(database: AccountsDatabase): Installation {
  const read = (name: string): string | null =>
    database.select().from(installation).where(eq(installation.name, name)).get()?.value ?? null;
  const write = (name: string, value: string): void => {
    database
      .insert(installation)
      .values({ name, value })
      .onConflictDoUpdate({ target: installation.name, set: { value } })
      .run();
  };

  let id = read('id');
  if (id === null) {
    id = randomBytes(16).toString('hex');
    write('id', id);
  }
  return {
    id,
    read,
    write,
    installKeyFingerprint: () => read('install_key_fingerprint'),
    setInstallKeyFingerprint: (fingerprint) => write('install_key_fingerprint', fingerprint),
  };
}
