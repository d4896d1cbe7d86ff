/** The thread that measures a data folder, or checks its database: both can take long where there is much. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { IntegrityReport } from '../../src-shared/api/index.ts';
import { connectReadOnly } from '../database/connect.ts';
import { progressTeller } from '../jobs/progress.ts';
import { checkIntegrity } from './integrity.ts';
import { measureStorage } from './measure.ts';

const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('measure'), dataDir: z.string(), accounts: z.array(z.string()) }),
  z.object({ kind: z.literal('integrity'), file: z.string() }),
]);

const onProgress = progressTeller((progress) => parentPort?.postMessage(progress));
const job = jobSchema.parse(workerData);
const result =
  job.kind === 'measure'
    ? measureStorage({
        dataDir: job.dataDir,
        accounts: new Set(job.accounts),
        now: Date.now(),
        onProgress,
      })
    : integrityOf(job.file);
parentPort?.postMessage({ kind: 'result', result });

function integrityOf(file: string): IntegrityReport {
  try {
    const database = connectReadOnly(file);
    const report = checkIntegrity(database, onProgress);
    database.close();
    return report;
  } catch (error) {
    // A file that is damaged at its beginning cannot be opened, and that is an answer too.
    if (error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))) {
      return { problems: [error.message], tables: 0 };
    }
    throw error;
  }
}
