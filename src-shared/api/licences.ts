/** The file `licences.json` beside the pages: what Foyer is made of, and under which terms. */
import { z } from 'zod';

export const licencesSchema = z.object({
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      /** As its maker names it, such as `MIT`. */
      licence: z.string(),
      /** Positions in `texts`; empty where the package brings none along. */
      texts: z.array(z.number()),
    }),
  ),
  /** Each text once, however many packages share it. */
  texts: z.array(z.string()),
});
export type Licences = z.infer<typeof licencesSchema>;
