/** The thread that checks the chain of the audit: a million rows take seconds. */
import { KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { connectReadOnly } from '../../database/connect.ts';
import { progressTeller } from '../../jobs/progress.ts';
import { parseHead } from './chain.ts';
import { verifyAudit } from './verify.ts';

const job = z
  .object({
    /** `DATA/foyer.db`. */
    file: z.string(),
    key: z.custom<KeyObject>((value) => value instanceof KeyObject).nullable(),
    anchor: z.string().nullable(),
  })
  .parse(workerData);

const database = connectReadOnly(job.file);
const result = verifyAudit({
  database,
  key: job.key,
  anchor: job.anchor === null ? null : parseHead(job.anchor),
  onProgress: progressTeller((progress) => parentPort?.postMessage(progress)),
});
database.close();
parentPort?.postMessage({ kind: 'result', result });
