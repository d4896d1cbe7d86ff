/** What is said between the page and the frame that draws diagrams. */
import { z } from 'zod';

/** The largest drawing that is taken over, in characters. */
const MAX_SVG = 4_000_000;
/** Longer names and remarks are of no use to anybody. */
const MAX_TEXT = 2_000;

/** To the frame. */
export interface DiagramJob {
  readonly id: number;
  readonly source: string;
  readonly scheme: 'light' | 'dark';
}

const text = z.string().transform((value) => value.slice(0, MAX_TEXT));

/** From the frame. What draws there works on hostile text: nothing it says is believed unchecked. */
export const frameMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('drawn'),
    id: z.number(),
    svg: z.string().max(MAX_SVG).startsWith('<svg'),
    /** CSS pixels. */
    width: z.number().positive().max(20_000),
    height: z.number().positive().max(20_000),
    /** What the diagram says of itself, for people who do not see it. */
    title: text.nullable(),
    description: text.nullable(),
  }),
  z.object({ kind: z.literal('failed'), id: z.number(), reason: text }),
]);

export type FrameMessage = z.infer<typeof frameMessageSchema>;
