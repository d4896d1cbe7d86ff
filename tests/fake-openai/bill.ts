/** What the fake model server would ask money for: each request with what was read and written for it. */

export interface BillLine {
  /** No two requests have the same, so that a line can be found again elsewhere; always fewer than the body's bytes. */
  readonly input: number;
  readonly cached: number;
  /** Pieces that were written so far, whether anybody read them or not. */
  output: number;
  /** The longest answer that was asked for. */
  readonly limit: number;
  /** The usage was written to the client. */
  isReported: boolean;
}

/** Starts a line for a request. @param lines gets it, in the order of arrival */
export function billLine(lines: BillLine[], text: string): BillLine {
  const body = JSON.parse(text) as Record<string, unknown>;
  const limit = body.max_output_tokens ?? body.max_completion_tokens ?? body.max_tokens;
  const input = Math.floor(Buffer.byteLength(text) / 10) + lines.length;
  if (input > Buffer.byteLength(text)) throw new Error('the fake model is out of numbers');
  const line = {
    input,
    cached: lines.length % 7,
    output: 0,
    limit: typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY,
    isReported: false,
  };
  lines.push(line);
  return line;
}
