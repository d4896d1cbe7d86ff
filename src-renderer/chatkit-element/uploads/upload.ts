/** The two ways of the protocol to bring a file to the server (§5.7). */
import { type Attachment, attachmentSchema } from '../../../src-shared/chatkit/index.ts';
import { ChatKitError } from '../errors.ts';
import type { ProtocolClient } from '../protocol/client.ts';
import { jsonOrNull, transfer } from './transfer.ts';

/** `two_phase` asks the ChatKit endpoint where to send the bytes, `direct` posts a form to one address. */
export type UploadStrategy = { type: 'two_phase' } | { type: 'direct'; uploadUrl: string };

export interface UploadWork {
  file: File;
  signal: AbortSignal;
  onProgress(fraction: number): void;
  /** The server knows the file under this id from now on, even if its bytes never arrive; also called after an abort. */
  onCreated(id: string): void;
}

export interface UploadRoute {
  strategy: UploadStrategy;
  fetch: typeof fetch | undefined;
  client: Pick<ProtocolClient, 'createAttachment'>;
}

/** Uploads one file. Throws {@link ChatKitError}, or the abort of the signal. */
export function uploadFile(work: UploadWork, route: UploadRoute): Promise<Attachment> {
  return route.strategy.type === 'direct'
    ? uploadDirect(work, route.strategy.uploadUrl, route.fetch)
    : uploadInTwoPhases(work, route);
}

const NEVER = new AbortController().signal;

async function uploadInTwoPhases(work: UploadWork, { client, fetch }: UploadRoute): Promise<Attachment> {
  const { file, signal, onProgress } = work;
  const mime_type = file.type || 'application/octet-stream';
  // Not given up with the upload: the server may know the file by then, and only its answer tells as what.
  const answer = client.createAttachment({ name: file.name, size: file.size, mime_type }, NEVER);
  answer.then(({ id }) => work.onCreated(id)).catch(() => {});
  const created = await unlessAborted(answer, signal);
  const { upload_descriptor, ...attachment } = created;
  // A server that needs nothing more says so by leaving the descriptor out.
  if (!upload_descriptor) return attachment;
  await transfer({ ...upload_descriptor, body: file, signal, onProgress }, fetch);
  return attachment;
}

async function uploadDirect(
  { file, signal, onProgress, onCreated }: UploadWork,
  url: string,
  hostFetch: typeof fetch | undefined,
): Promise<Attachment> {
  const body = new FormData();
  body.append('file', file, file.name);
  const text = await transfer({ url, method: 'POST', headers: {}, body, signal, onProgress }, hostFetch);
  const parsed = attachmentSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) throw new ChatKitError('protocol', 'The answer to an upload was not an attachment.');
  onCreated(parsed.data.id);
  return parsed.data;
}

/** The value, or the abort of the signal, whichever comes first; the work itself goes on. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
