/**
 * The thread that writes messages of people to their histories. While the disk does its work, the server asks the model:
 * a person waits for the longer of the two, not for both.
 */
import { type MessagePort, parentPort } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { connect } from '../database/connect.ts';
import type { MessageJob, MessageJobEnd, MessageRows } from './message-job.ts';

interface OpenFile {
  write(rows: MessageRows): void;
  close(): void;
}

/** Files by their paths; those that could not be opened with the reason. */
const files = new Map<string, OpenFile | Error>();

if (parentPort === null) throw new Error('this is a thread of the server');
serve(parentPort);

function serve(port: MessagePort): void {
  const end = (message: MessageJobEnd) => port.postMessage(message);
  port.on('message', (job: MessageJob) => {
    switch (job.kind) {
      case 'open':
        files.set(job.file, tryToOpen(job.file, job.key));
        return;
      case 'write':
        try {
          const file = files.get(job.file);
          if (file === undefined || file instanceof Error) throw file ?? new Error('the history is not open');
          file.write(job.rows);
          end({ number: job.number, ok: true });
        } catch (error) {
          end({ number: job.number, ok: false, ...describe(error) });
        }
        return;
      case 'close': {
        const file = files.get(job.file);
        files.delete(job.file);
        if (file !== undefined && !(file instanceof Error)) file.close();
        end({ number: job.number, ok: true });
        return;
      }
      default:
        job satisfies never;
    }
  });
}

function tryToOpen(file: string, key: Uint8Array): OpenFile | Error {
  try {
    return openFile(connect(file, key));
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown');
  }
}

function openFile(database: Database.Database): OpenFile {
  const insertThread = database.prepare<[string, string, string | null, string]>(
    'INSERT INTO threads (id, created_at, title, body) VALUES (?, ?, ?, ?)',
  );
  const insertAttachment = database.prepare<[string, string]>(
    'INSERT INTO attachments (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  const insertItem = database.prepare<[string, string, string, string]>(
    'INSERT INTO items (id, thread_id, type, body) VALUES (?, ?, ?, ?)',
  );
  const indexTitle = database.prepare<[number | bigint, string]>(
    'INSERT INTO title_text (rowid, text) VALUES (?, ?)',
  );
  const indexItem = database.prepare<[number | bigint, string]>(
    'INSERT INTO item_text (rowid, text) VALUES (?, ?)',
  );
  const write = database.transaction(({ newThread, attachments, item }: MessageRows) => {
    if (newThread !== null) {
      const { id, createdAt, title, body } = newThread;
      const { lastInsertRowid } = insertThread.run(id, createdAt, title, body);
      if (title !== null && title !== '') indexTitle.run(lastInsertRowid, title);
    }
    for (const { id, body } of attachments) insertAttachment.run(id, body);
    const { lastInsertRowid } = insertItem.run(item.id, item.threadId, item.type, item.body);
    if (item.searchText !== '') indexItem.run(lastInsertRowid, item.searchText);
  });
  return { write: write.immediate, close: () => void database.close() };
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'unknown', message: 'unknown' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
