/**
 * Stands for `zod` in everything that browsers load (see `zodWithoutEval` in vite.zod.ts). While it builds its schemas,
 * zod tries whether it may compile code, which a strict content security policy blocks and reports as a violation.
 * Told here, where every schema gets it from, it is told in time, whatever the order of the chunks.
 */
import { z } from 'zod/v4';

z.config({ jitless: true });

export { z };
