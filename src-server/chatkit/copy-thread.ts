import { isDeepStrictEqual } from 'node:util';
import type { ThreadMetadata } from '../../src-shared/chatkit/index.ts';

/**
 * A copy that later changes to the thread do not reach. Threads are flat but for what a host keeps in `metadata`: a
 * general clone would take a tenth of a millisecond, and every turn makes several.
 */
export function copyThread(thread: ThreadMetadata): ThreadMetadata {
  const { status, allowed_image_domains: domains, metadata } = thread;
  return {
    ...thread,
    status: { ...status },
    metadata: Object.keys(metadata).length === 0 ? {} : structuredClone(metadata),
    ...(domains ? { allowed_image_domains: [...domains] } : {}),
  };
}

/** Whether two threads hold the same. Asked after each event of a stream, nearly all of which change nothing. */
export function isSameThread(a: ThreadMetadata, b: ThreadMetadata): boolean {
  return (
    a.id === b.id &&
    a.title === b.title &&
    a.created_at === b.created_at &&
    isSame(a.status, b.status) &&
    isSame(a.allowed_image_domains, b.allowed_image_domains) &&
    isSame(a.metadata, b.metadata)
  );
}

/** The general comparison takes longer to begin than flat objects take to compare. */
function isSame(a: object | null | undefined, b: object | null | undefined): boolean {
  if (!a || !b) return a === b;
  const fields = Object.entries(a);
  if (fields.some(([, field]) => typeof field === 'object' && field !== null)) return isDeepStrictEqual(a, b);
  const others = new Map(Object.entries(b));
  return (
    fields.length === others.size &&
    fields.every(([key, field]) => others.has(key) && others.get(key) === field)
  );
}
