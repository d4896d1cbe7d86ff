import type { ThreadStreamEvent } from '../../../src-shared/chatkit/index.ts';
import type { IdKind } from '../../chatkit/store.ts';

/** What the writers of one turn share. */
export interface WriterContext {
  readonly threadId: string;
  /** Makes an id of our own: providers repeat theirs (agents.md §1.3-1). */
  newId(kind: IdKind): string;
  now(): Date;
  emit(event: ThreadStreamEvent): void;
}
