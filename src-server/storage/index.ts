/** Storage: what takes space on the disk, and whether the database is sound. Both are found out in threads. */
import path from 'node:path';
import { integrityReportSchema, type StorageState, storageReportSchema } from '../../src-shared/api/index.ts';
import { openJob } from '../jobs/index.ts';

export interface StorageOptions {
  readonly dataDir: string;
  /** The built `storage-worker`, or `src-server/storage/storage-worker.ts`. */
  readonly worker: string;
  /** Everybody who has an account. */
  readonly people: () => readonly { readonly id: string; readonly email: string }[];
  readonly log: (line: string) => void;
}

export type Storage = ReturnType<typeof openStorage>;

export function openStorage({ dataDir, worker, people, log }: StorageOptions) {
  const measurement = openJob({ worker, result: storageReportSchema, log });
  const integrity = openJob({ worker, result: integrityReportSchema, log });
  return {
    measure: () => measurement.start({ kind: 'measure', dataDir, accounts: people().map(({ id }) => id) }),
    check: () => integrity.start({ kind: 'integrity', file: path.join(dataDir, 'foyer.db') }),
    cancelCheck: () => integrity.cancel(),
    state(): StorageState {
      const measured = measurement.state();
      const shown = new Set(measured.state === 'done' ? measured.result.people.map(({ id }) => id) : []);
      const known = people().filter(({ id }) => shown.has(id));
      return {
        measurement: measured,
        integrity: integrity.state(),
        emails: Object.fromEntries(known.map(({ id, email }) => [id, email])),
        data_dir: dataDir,
      };
    },
    async close(): Promise<void> {
      await Promise.all([measurement.cancel(), integrity.cancel()]);
    },
  };
}
