/** What the host's searches and commands answer. Hosts are JavaScript, and may pass on what others wrote. */
import { z } from 'zod';
import type { UserContent } from '../../../src-shared/chatkit/index.ts';

/** More rows than this help nobody. */
export const MAX_ROWS = 200;
const MAX_TEXT = 200;
const MAX_ID = 1_000;
const MAX_DATA = 20_000;

/** One line of at most {@link MAX_TEXT} characters. */
const line = z.string().transform((text) => text.replace(/\s+/g, ' ').trim().slice(0, MAX_TEXT));
const title = line.refine((text) => text !== '');
const optionalLine = line
  .optional()
  .catch(undefined)
  .transform((text) => text || undefined);
const id = z.string().min(1).max(MAX_ID);
const icon = z.string().max(100).optional().catch(undefined);

const dataSchema = z
  .record(z.string(), z.string())
  .refine((data) => JSON.stringify(data).length <= MAX_DATA)
  .default({});

const entitySchema = z.object({
  id,
  title,
  icon,
  group: optionalLine,
  interactive: z.boolean().default(false).catch(false),
  data: dataSchema,
});
const commandSchema = z
  .object({ id, label: title, description: optionalLine, icon, group: optionalLine })
  .transform(({ description, icon, group, ...command }) => ({
    ...command,
    ...(description === undefined ? {} : { description }),
    ...(icon === undefined ? {} : { icon }),
    ...(group === undefined ? {} : { group }),
  }));

/** Something that can be mentioned, as the host gave it. */
export type Entity = z.output<typeof entitySchema>;
/** A command of the host. */
export type Command = z.output<typeof commandSchema>;

function rows<T extends { id: string }>(schema: z.ZodType<T>) {
  return (answer: unknown): T[] | null => {
    if (!Array.isArray(answer)) return null;
    const found = new Map<string, T>();
    for (const value of answer.slice(0, MAX_ROWS)) {
      const parsed = schema.safeParse(value);
      if (parsed.success && !found.has(parsed.data.id)) found.set(parsed.data.id, parsed.data);
    }
    return [...found.values()];
  };
}

/** The usable entities of an answer, each id once; null when it is no list at all. */
export const readEntities: (answer: unknown) => Entity[] | null = rows(entitySchema);
/** The usable commands of an answer, each id once; null when it is no list at all. */
export const readCommands: (answer: unknown) => Command[] | null = rows(commandSchema);

/** What a chosen command leads to. */
export type Selection =
  | { type: 'nothing' }
  | { type: 'entity'; entity: Entity }
  | { type: 'menu'; commands: Command[] };

/** Null when the answer is none of the contract's. */
export function readSelection(answer: unknown): Selection | null {
  if (answer === undefined || answer === null) return { type: 'nothing' };
  const parsed = z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('entity'), entity: entitySchema }),
      z.object({ type: z.literal('menu'), commands: z.array(z.unknown()) }),
    ])
    .safeParse(answer);
  if (!parsed.success) return null;
  if (parsed.data.type === 'entity') return parsed.data;
  return { type: 'menu', commands: readCommands(parsed.data.commands) ?? [] };
}

/** The tag that stands for an entity in a message. */
export function tagOf(entity: Entity): Extract<UserContent, { type: 'input_tag' }> {
  return {
    type: 'input_tag',
    id: entity.id,
    text: entity.title,
    data: entity.data,
    interactive: entity.interactive,
    ...(entity.group === undefined ? {} : { group: entity.group }),
  };
}
