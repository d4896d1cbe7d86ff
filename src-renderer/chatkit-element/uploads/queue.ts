/** Files on their way to the server, by the draft they belong to. */
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { type ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import { type AttachmentLimits, type Violation, violationOf } from './limits.ts';
import type { UploadWork } from './upload.ts';

/** Uploads that run at the same time; the others wait their turn. */
const PARALLEL = 3;

export type UploadState =
  | { kind: 'waiting' }
  /** `fraction` from 0 to 1, or null where it cannot be known. */
  | { kind: 'sending'; fraction: number | null }
  | { kind: 'failed'; error: ChatKitError };

export interface Upload {
  key: string;
  draft: string | null;
  file: File;
  /** An address of the picture on this page, or null for other files. */
  thumbnail: string | null;
  state: UploadState;
}

/** A file that was turned away before anything was sent. */
export interface Refusal {
  key: string;
  draft: string | null;
  name: string;
  violation: Violation;
}

export interface UploadsState {
  uploads: readonly Upload[];
  refusals: readonly Refusal[];
}

/** What the page knows of a file beyond its attachment. */
export interface LocalFile {
  size: number;
  thumbnail: string | null;
}

export interface UploadsSetup {
  upload(work: UploadWork): Promise<Attachment>;
  /** Takes it from the server; the result is not waited for. */
  remove(attachmentId: string): void;
  /** Hands over a finished upload. */
  done(draft: string | null, attachment: Attachment): void;
  failed(error: ChatKitError): void;
  thumbnails: { create(file: File): string; revoke(url: string): void };
}

export interface Uploads extends ReadableStore<UploadsState> {
  /** Starts what the limits allow beside `present` finished files; the others become refusals. */
  add(draft: string | null, files: readonly File[], limits: AttachmentLimits, present: number): void;
  retry(key: string): void;
  /** Stops an upload and takes from the server what it already knows of it. */
  cancel(key: string): void;
  /** Stops all uploads of a draft. */
  clear(draft: string | null): void;
  /** Takes a finished file of this page from the server; files that the host attached are left alone. */
  discard(attachmentId: string): void;
  dismiss(key: string): void;
  /** True while a file of the draft is not there yet, or has failed. */
  holds(draft: string | null): boolean;
  local(attachmentId: string): LocalFile | undefined;
  /** The new thread got its id. */
  rename(threadId: string): void;
  dispose(): void;
}

export function createUploads(setup: UploadsSetup): Uploads {
  const store = createStore<UploadsState>({ uploads: [], refusals: [] });
  const running = new Map<string, AbortController>();
  const createdIds = new Map<string, string>();
  const finished = new Map<string, LocalFile>();
  let keys = 0;
  let disposed = false;
  const nextKey = () => {
    keys += 1;
    return `upload-${keys}`;
  };
  const find = (key: string) => store.get().uploads.find((upload) => upload.key === key);
  const drop = (key: string) =>
    store.update((state) => ({ ...state, uploads: state.uploads.filter((upload) => upload.key !== key) }));
  const withState = (key: string, next: UploadState) => (state: UploadsState) => ({
    ...state,
    uploads: state.uploads.map((upload) => (upload.key === key ? { ...upload, state: next } : upload)),
  });

  function pump() {
    for (const upload of store.get().uploads) {
      if (running.size >= PARALLEL || disposed) return;
      if (upload.state.kind === 'waiting') run(upload).catch(() => {});
    }
  }

  /** Forgets what a first try left on the server. */
  function removeCreated(key: string) {
    const id = createdIds.get(key);
    createdIds.delete(key);
    if (id !== undefined) setup.remove(id);
  }

  async function run({ key, file, thumbnail }: Upload) {
    const stop = new AbortController();
    running.set(key, stop);
    store.update(withState(key, { kind: 'sending', fraction: null }));
    try {
      const attachment = await setup.upload({
        file,
        signal: stop.signal,
        onProgress: (fraction) => {
          if (running.get(key) === stop) store.updateSoon(withState(key, { kind: 'sending', fraction }));
        },
        onCreated: (id) => createdIds.set(key, id),
      });
      const now = find(key);
      if (now === undefined || stop.signal.aborted) return removeCreated(key);
      createdIds.delete(key);
      finished.set(attachment.id, { size: file.size, thumbnail });
      drop(key);
      setup.done(now.draft, attachment);
    } catch (thrown) {
      removeCreated(key);
      if (isAbort(thrown) || find(key) === undefined) return;
      const error = toChatKitError(thrown);
      store.update(withState(key, { kind: 'failed', error }));
      setup.failed(error);
    } finally {
      if (running.get(key) === stop) running.delete(key);
      pump();
    }
  }

  function cancel(key: string) {
    const upload = find(key);
    if (upload === undefined) return;
    drop(key);
    running.get(key)?.abort();
    if (upload.thumbnail !== null) setup.thumbnails.revoke(upload.thumbnail);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    add(draft, files, limits, present) {
      const uploads: Upload[] = [];
      const refusals: Refusal[] = [];
      const before = store.get().uploads.filter((upload) => upload.draft === draft).length;
      for (const file of files) {
        const violation = violationOf(file, limits, present + before + uploads.length);
        const key = nextKey();
        if (violation !== null) {
          refusals.push({ key, draft, name: file.name, violation });
          continue;
        }
        const thumbnail = /^image\/(?!svg)/i.test(file.type) ? setup.thumbnails.create(file) : null;
        uploads.push({ key, draft, file, thumbnail, state: { kind: 'waiting' } });
      }
      store.update((state) => ({
        uploads: [...state.uploads, ...uploads],
        // Remarks about an earlier choice would only confuse.
        refusals: [...state.refusals.filter((refusal) => refusal.draft !== draft), ...refusals],
      }));
      pump();
    },
    retry(key) {
      if (find(key)?.state.kind !== 'failed') return;
      store.update(withState(key, { kind: 'waiting' }));
      pump();
    },
    cancel,
    clear(draft) {
      for (const upload of store.get().uploads) if (upload.draft === draft) cancel(upload.key);
    },
    discard(attachmentId) {
      const local = finished.get(attachmentId);
      if (local === undefined) return;
      finished.delete(attachmentId);
      if (local.thumbnail !== null) setup.thumbnails.revoke(local.thumbnail);
      setup.remove(attachmentId);
    },
    dismiss(key) {
      store.update((state) => ({
        ...state,
        refusals: state.refusals.filter((refusal) => refusal.key !== key),
      }));
    },
    holds: (draft) => store.get().uploads.some((upload) => upload.draft === draft),
    local: (attachmentId) => finished.get(attachmentId),
    rename(threadId) {
      const moved = <T extends { draft: string | null }>(entry: T): T =>
        entry.draft === null ? { ...entry, draft: threadId } : entry;
      store.update(({ uploads, refusals }) => ({
        uploads: uploads.map(moved),
        refusals: refusals.map(moved),
      }));
    },
    dispose() {
      disposed = true;
      for (const upload of store.get().uploads) cancel(upload.key);
      for (const { thumbnail } of finished.values()) {
        if (thumbnail !== null) setup.thumbnails.revoke(thumbnail);
      }
    },
  };
}
