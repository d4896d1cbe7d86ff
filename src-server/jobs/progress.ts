/** What a thread tells about its work; small enough for threads that do little else. */
import { z } from 'zod';

export const progressSchema = z.object({
  kind: z.literal('progress'),
  done: z.number(),
  total: z.number(),
});
type Progress = z.infer<typeof progressSchema>;

/** Often enough for a person who watches. */
const TELL_EVERY_MS = 100;

/** Passes on at most one report in {@link TELL_EVERY_MS}. */
export function progressTeller(tell: (progress: Progress) => void): (done: number, total: number) => void {
  let told = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    tell({ kind: 'progress', done, total });
  };
}
