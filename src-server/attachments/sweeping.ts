/** Clearing away what nobody needs: now and then, and every hour for everybody who is there. */
import type { Store } from '../chatkit/index.ts';
import type { RequestContext } from '../context.ts';
import type { AttachmentRecord } from './attachments.ts';
import { filesOf, metadataOf } from './metadata.ts';
import type { SealedFiles } from './sealing/index.ts';

export const HOUR_MS = 60 * 60_000;
/** An attachment that was sent with no message for so long, and stands in no draft, is cleared away. */
const ORPHAN_MS = 24 * HOUR_MS;

/** Time, and being called again; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `work` every so many milliseconds until the returned function is called; keeps no process alive. */
  every(milliseconds: number, work: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: Date.now,
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

export interface SweeperOptions {
  readonly store: Store<RequestContext>;
  readonly files: (context: RequestContext) => SealedFiles;
  readonly records: (context: RequestContext) => readonly AttachmentRecord[];
  /** The people whose history is open. */
  readonly people: () => readonly Pick<RequestContext, 'userId' | 'role'>[];
  readonly clock: Clock;
  /** Work on one person's files, one after the other. */
  readonly exclusively: <Result>(userId: string, work: () => Promise<Result>) => Promise<Result>;
  readonly log: (line: string) => void;
}

export type Sweeper = ReturnType<typeof startSweeper>;

/** Begins to sweep every hour, until `stop`. */
export function startSweeper(options: SweeperOptions) {
  const { store, files, records, clock, exclusively, log } = options;
  const stopping = new AbortController();
  const swept = new Map<string, number>();
  const underWay = new Set<Promise<void>>();

  /** Removes the files of a record that no other record needs. */
  const removeBytes = (id: string, context: RequestContext): Promise<void> =>
    exclusively(context.userId, async () => {
      const mine = records(context).map(({ attachment }) => attachment);
      const others = new Set(mine.filter((attachment) => attachment.id !== id).flatMap(filesOf));
      const own = filesOf(mine.find((attachment) => attachment.id === id));
      for (const file of own) if (!others.has(file)) await files(context).remove(file);
    });

  /** Clears away what was never sent, what belongs to deleted threads, and files that no record names. */
  const sweep = async (context: RequestContext): Promise<void> => {
    for (const { attachment, threadExists, inDraft } of records(context)) {
      if (stopping.signal.aborted) return;
      const metadata = metadataOf(attachment);
      // One record of somebody else must not keep the rest from being cleared away.
      if (metadata === null) continue;
      const sent = attachment.thread_id !== null && attachment.thread_id !== undefined;
      const old = clock.now() - Date.parse(metadata.created_at) > ORPHAN_MS;
      const orphan = sent ? !threadExists : old && !inDraft;
      if (!orphan) continue;
      await removeBytes(attachment.id, context);
      await store.deleteAttachment(attachment.id, context);
    }
    await exclusively(context.userId, async () => {
      if (stopping.signal.aborted) return;
      const needed = new Set(records(context).flatMap(({ attachment }) => filesOf(attachment)));
      await files(context).sweep((name) => needed.has(name), HOUR_MS);
    });
  };

  /** {@link sweep}, which can be done again later when it fails. */
  const clearUp = async (context: RequestContext): Promise<void> => {
    if (stopping.signal.aborted) return;
    swept.set(context.userId, clock.now());
    const done = sweep(context).catch((error: unknown) => {
      log(`clearing up attachments failed: ${error instanceof Error ? error.message : 'unknown'}`);
    });
    underWay.add(done);
    await done;
    underWay.delete(done);
  };

  const everybody = async (): Promise<void> => {
    for (const person of options.people()) {
      await clearUp({ ...person, locale: 'en', signal: stopping.signal });
    }
  };
  const stopTimer = clock.every(HOUR_MS, () => void everybody());

  return {
    sweep,
    clearUp,
    removeBytes,
    /** {@link clearUp} in the background, at most once an hour for each person. */
    nowAndThen(context: RequestContext): void {
      if (clock.now() - (swept.get(context.userId) ?? 0) >= HOUR_MS) void clearUp(context);
    },
    /** No more sweeps; waits for the one that is under way. */
    async stop(): Promise<void> {
      stopTimer();
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}
