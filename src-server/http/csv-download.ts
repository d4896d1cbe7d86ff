import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends CSV as a file, as fast as it is taken: no more than a page of it is ever in memory. */
export async function sendCsv(
  response: Response,
  name: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  response.attachment(name);
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  try {
    await pipeline(Readable.from(lines), response);
  } catch (error) {
    // Somebody who closes the download is no error.
    if (!response.destroyed) throw error;
  }
}
