/** Large histories for measuring, written through the real one in a single transaction. */
import fs from 'node:fs';
import path from 'node:path';
import { openHistoryDatabase } from '../../../src-server/history/history-database.ts';

/** The id of a made-up person. */
export function userId(person: number): string {
  return `usr_${String(person).padStart(24, 'a')}`;
}

/** Fills one person's history; items are spread evenly over the threads. */
export async function fillHistory(options: {
  dataDir: string;
  migrationsDir: string;
  key: Buffer;
  person: number;
  threads: number;
  items: number;
}): Promise<void> {
  const folder = path.join(options.dataDir, 'people', userId(options.person));
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'history.db');
  const history = openHistoryDatabase({ file, key: options.key, migrationsDir: options.migrationsDir });
  const when = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
  const fill = () => {
    for (let index = 0; index < options.threads; index += 1) {
      history.saveThread({
        id: `thr_${index}`,
        title: `Thread number ${index}`,
        created_at: when(index),
        status: { type: 'active' },
        metadata: {},
      });
    }
    for (let index = 0; index < options.items; index += 1) {
      const thread_id = `thr_${index % options.threads}`;
      const text = `Some words about number ${index}, as many as a short answer has.`;
      const common = { id: `msg_${index}`, thread_id, created_at: when(index) };
      history.saveItem(
        thread_id,
        index % 2 === 0
          ? {
              ...common,
              type: 'user_message',
              content: [{ type: 'input_text', text }],
              attachments: [],
              inference_options: {},
            }
          : {
              ...common,
              type: 'assistant_message',
              content: [{ type: 'output_text', text, annotations: [] }],
            },
      );
    }
  };
  history.client.transaction(fill).immediate();
  await history.close();
}
