import type { Response } from 'express';
import { sendPieces } from './sending.ts';

/** Sends CSV as a file, as fast as it is taken: no more than a page of it is ever in memory. */
export async function sendCsv(
  response: Response,
  name: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  response.attachment(name);
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  await sendPieces(lines, response);
}
