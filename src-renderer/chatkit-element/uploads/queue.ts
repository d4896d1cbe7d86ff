/** Files on their way to the server, by the draft they belong to. */
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { type ChatKitError, isAbort, toChatKitError } from '../errors.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import { type AttachmentLimits, type Violation, violationOf } from './limits.ts';
import type { UploadWork } from './upload.ts';

/** Uploads that run at the same time; the others wait their turn. */
const PARALLEL = 3;

/** Pictures kept on this page after they were uploaded; later they are shown as the server has them. */
const MAX_PICTURES = 40;

export type UploadState =
  | { kind: 'waiting' }
  /** `fraction` from 0 to 1, or null where it cannot be known. */
  | { kind: 'sending'; fraction: number | null }
  | { kind: 'failed'; error: ChatKitError };

export interface Upload {
  /** Grows with the order in which files were chosen. */
  key: number;
  draft: string | null;
  file: File;
  state: UploadState;
}

/** A file that was turned away before anything was sent. */
export interface Refusal {
  key: number;
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
  /** The picture itself, while it is kept here; null for other files. */
  picture: File | null;
}

export interface UploadsSetup {
  upload(work: UploadWork): Promise<Attachment>;
  /** Takes it from the server; the result is not waited for. */
  remove(attachmentId: string): void;
  /** Hands over a finished upload. `later` are finished files that were chosen after it, which it stands before. */
  done(draft: string | null, attachment: Attachment, later: ReadonlySet<string>): void;
  failed(error: ChatKitError): void;
}

export interface Uploads extends ReadableStore<UploadsState> {
  /** Starts what the limits allow beside `present` finished files; the others become refusals. */
  add(draft: string | null, files: readonly File[], limits: AttachmentLimits, present: number): void;
  retry(key: number): void;
  /** Stops an upload and takes from the server what it already knows of it. */
  cancel(key: number): void;
  /** Stops all uploads of a draft. */
  clear(draft: string | null): void;
  /** Takes a finished file of this page from the server; files that the host attached are left alone. */
  discard(attachmentId: string): void;
  /** Whether a finished file was uploaded here, now or before a reload. */
  owns(attachmentId: string): boolean;
  /** Treats a file of a restored draft as one of this page. */
  adopt(attachmentId: string): void;
  dismiss(key: number): void;
  /** True while a file of the draft is not there yet, or has failed. */
  holds(draft: string | null): boolean;
  local(attachmentId: string): LocalFile | undefined;
  /** The new thread got its id. */
  rename(threadId: string): void;
  dispose(): void;
}

export function createUploads(setup: UploadsSetup): Uploads {
  const store = createStore<UploadsState>({ uploads: [], refusals: [] });
  const running = new Map<number, AbortController>();
  const createdIds = new Map<number, string>();
  const finished = new Map<string, LocalFile>();
  const own = new Set<string>();
  /** Finished files in the order they were chosen: attachment id to the number of its upload. */
  const places = new Map<string, number>();
  let keys = 0;
  let disposed = false;
  const nextKey = () => {
    keys += 1;
    return keys;
  };
  const find = (key: number) => store.get().uploads.find((upload) => upload.key === key);
  const drop = (key: number) =>
    store.update((state) => ({ ...state, uploads: state.uploads.filter((upload) => upload.key !== key) }));
  const withState = (key: number, next: UploadState) => (state: UploadsState) => ({
    ...state,
    uploads: state.uploads.map((upload) => (upload.key === key ? { ...upload, state: next } : upload)),
  });

  /** Remembers a finished file; of pictures, which take memory, only the newest. */
  function keep(id: string, file: File) {
    own.add(id);
    finished.set(id, { size: file.size, picture: pictureOf(file) });
    const pictures = [...finished].filter(([, local]) => local.picture !== null);
    for (const [old, local] of pictures.slice(0, -MAX_PICTURES))
      finished.set(old, { ...local, picture: null });
  }

  function pump() {
    for (const upload of store.get().uploads) {
      if (running.size >= PARALLEL || disposed) return;
      if (upload.state.kind === 'waiting') run(upload).catch(() => {});
    }
  }

  /** Forgets what a first try left on the server. */
  function removeCreated(key: number) {
    const id = createdIds.get(key);
    createdIds.delete(key);
    if (id !== undefined) setup.remove(id);
  }

  async function run({ key, file }: Upload) {
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
        onCreated: (id) => {
          // The answer of a server that was asked before the upload was given up.
          if (stop.signal.aborted) setup.remove(id);
          else createdIds.set(key, id);
        },
      });
      const now = find(key);
      if (now === undefined || stop.signal.aborted) return removeCreated(key);
      createdIds.delete(key);
      keep(attachment.id, file);
      drop(key);
      const later = new Set([...places].filter(([, place]) => place > key).map(([id]) => id));
      places.set(attachment.id, key);
      setup.done(now.draft, attachment, later);
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

  function cancel(key: number) {
    const upload = find(key);
    if (upload === undefined) return;
    drop(key);
    running.get(key)?.abort();
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
        uploads.push({ key, draft, file, state: { kind: 'waiting' } });
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
      finished.delete(attachmentId);
      places.delete(attachmentId);
      if (own.delete(attachmentId)) setup.remove(attachmentId);
    },
    dismiss(key) {
      store.update((state) => ({
        ...state,
        refusals: state.refusals.filter((refusal) => refusal.key !== key),
      }));
    },
    owns: (attachmentId) => own.has(attachmentId),
    adopt: (attachmentId) => void own.add(attachmentId),
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
      finished.clear();
      places.clear();
    },
  };
}

/** A file that can be shown as a picture, or null. SVG can carry more than a picture. */
export function pictureOf(file: File): File | null {
  return /^image\/(?!svg)/i.test(file.type) ? file : null;
}
