/** Taking what was deleted out of the files of `DATA/foyer.db`: at once, and again later where somebody was reading. */
import { type AccountsDatabase, purgeDeleted } from './database.ts';

export interface Purging {
  /** Call after the transaction that deleted something which opens something. */
  purge(): void;
  /** Tries again, if somebody was reading the last time. */
  purgeAgain(): void;
}

/** Purges once: a crash can have left deleted keys in the log. */
export function openPurging(database: AccountsDatabase): Purging {
  let isPurged = purgeDeleted(database);
  const purge = () => {
    isPurged = purgeDeleted(database);
  };
  return {
    purge,
    purgeAgain: () => {
      if (!isPurged) purge();
    },
  };
}
