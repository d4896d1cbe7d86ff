/** The thread that searches histories: a beginning that many words have takes a second in a large one. */
import { parentPort } from 'node:worker_threads';
import type { z } from 'zod';
import { connectReadOnly } from '../../database/connect.ts';
import { searchOver } from './search.ts';
import { type SearchJob, type searchAnswerSchema, searchJobSchema } from './search-job.ts';

parentPort?.on('message', (message: unknown) => {
  const job = searchJobSchema.parse(message);
  parentPort?.postMessage(answer(job));
});

/** The history is open no longer than it takes: whoever is signed out, or deleted, leaves nothing open here. */
function answer({ file, key, query, limit }: SearchJob): z.infer<typeof searchAnswerSchema> {
  try {
    const database = connectReadOnly(file, key);
    try {
      return { threads: searchOver(database).find(query, limit) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { failure: error instanceof Error ? error.name : 'unknown' };
  } finally {
    key.fill(0);
  }
}
