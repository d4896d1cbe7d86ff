/** Carries the bytes of one file to the server. */
import { ChatKitError, isAbort } from '../errors.ts';
import { refusal } from '../protocol/refusal.ts';

/** A body on its way; `headers` must leave out the content type of a form. */
export interface Transfer {
  url: string;
  method: 'POST' | 'PUT';
  headers: Readonly<Record<string, string>>;
  body: File | FormData;
  signal: AbortSignal;
  /** The part sent, from 0 to 1. Never called when a host's own fetch does the work: it cannot tell. */
  onProgress(fraction: number): void;
}

/**
 * Sends it and gives the text of the answer. The host's fetch is used where there is one. Throws {@link ChatKitError},
 * or the abort of the signal.
 */
export function transfer(work: Transfer, hostFetch: typeof fetch | undefined): Promise<string> {
  return hostFetch === undefined ? byRequest(work) : byFetch(work, hostFetch);
}

async function byFetch(work: Transfer, send: typeof fetch): Promise<string> {
  const { url, method, headers, body, signal } = work;
  let response: Response | undefined;
  let text: string;
  try {
    response = await send(url, { method, headers: { ...headers }, body, signal });
    text = (await response?.text()) ?? '';
  } catch (error) {
    if (isAbort(error) || error instanceof ChatKitError) throw error;
    throw new ChatKitError('network', 'The file could not be sent.', { cause: error });
  }
  if (response === undefined) throw new ChatKitError('network', 'api.fetch gave no response.');
  if (!response.ok) throw refused(response.status, text);
  return text;
}

/** XMLHttpRequest alone tells how much of a body has been sent. */
function byRequest(work: Transfer): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const aborted = () => new DOMException('The upload was cancelled.', 'AbortError');
    if (work.signal.aborted) return reject(aborted());
    const stop = () => request.abort();
    work.signal.addEventListener('abort', stop, { once: true });
    request.onloadend = () => work.signal.removeEventListener('abort', stop);
    request.onabort = () => reject(aborted());
    request.onerror = () => reject(new ChatKitError('network', 'The file could not be sent.'));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(responseText);
      else reject(refused(status, responseText));
    };
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) work.onProgress(loaded / total);
    };
    request.open(work.method, work.url);
    for (const [name, value] of Object.entries(work.headers)) request.setRequestHeader(name, value);
    request.send(work.body);
  });
}

function refused(status: number, text: string): ChatKitError {
  return refusal(status === 401 ? 'unauthorized' : 'http', status, jsonOrNull(text));
}

/** JSON of an answer, or null where it is none. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
