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
