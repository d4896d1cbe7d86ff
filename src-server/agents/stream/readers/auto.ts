/** Reads any model: finds out from its first raw event how it speaks. */
import { z } from 'zod';
import type { ModelEvent, ModelReader } from './reader.ts';

/** How the events of a model are to be read; `plain`: from the SDK's own events alone. */
export type Dialect = 'responses' | 'chat' | 'plain';

const responsesSchema = z.looseObject({ type: z.string().startsWith('response.') });
const chatSchema = z.looseObject({ choices: z.array(z.unknown()) });

export interface AutoReader extends ModelReader {
  /** Nothing more will come: what still waits is read from the SDK's own events. */
  end(): void;
}

/**
 * The SDK gives each piece of text twice, in its own form and raw; which of them is read has to be known before the
 * first is written. So what comes before the first raw event waits for it. Each model call is looked at anew: another
 * agent of the run may use another provider.
 *
 * @param readerFor called once for each dialect that occurs
 * @param known the dialect, where it need not be found out
 */
export function autoReader(readerFor: (dialect: Dialect) => ModelReader, known?: Dialect): AutoReader {
  const readers = new Map<Dialect, ModelReader>();
  let current: ModelReader | null = null;
  let waiting: ModelEvent[] = [];

  const settle = (dialect: Dialect): ModelReader => {
    const reader = readers.get(dialect) ?? readerFor(dialect);
    readers.set(dialect, reader);
    const before = waiting;
    waiting = [];
    current = reader;
    for (const event of before) reader.read(event);
    return reader;
  };

  return {
    get stop() {
      return current?.stop ?? [...readers.values()].find(({ stop }) => stop !== null)?.stop ?? null;
    },
    read(event) {
      if (current === null) {
        const dialect = known ?? dialectOf(event, waiting);
        if (dialect === null) {
          waiting.push(event);
          return;
        }
        settle(dialect).read(event);
      } else {
        current.read(event);
      }
      if (event.type === 'response_done') current = null;
    },
    end() {
      if (waiting.length > 0) settle('plain');
    },
  };
}

/** Null while nothing tells. Two deltas without a raw event between them: there will be none. */
function dialectOf(event: ModelEvent, waiting: readonly ModelEvent[]): Dialect | null {
  if (event.type === 'model') {
    if (responsesSchema.safeParse(event.event).success) return 'responses';
    if (chatSchema.safeParse(event.event).success) return 'chat';
    return null;
  }
  if (event.type === 'response_done') return 'plain';
  const delta = event.type === 'output_text_delta';
  return delta && waiting.some(({ type }) => type === 'output_text_delta') ? 'plain' : null;
}
