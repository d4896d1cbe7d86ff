/** Carries the bytes of one file to the server. */
import { apiErrorSchema } from '../../../src-shared/api/errors.ts';
import { ChatKitError, isAbort } from '../errors.ts';

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
  if (!response.ok) throw refusal(response.status, text);
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
      else reject(refusal(status, responseText));
    };
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) work.onProgress(loaded / total);
    };
    request.open(work.method, work.url);
    for (const [name, value] of Object.entries(work.headers)) request.setRequestHeader(name, value);
    request.send(work.body);
  });
}

function refusal(status: number, text: string): ChatKitError {
  const code = status === 401 ? 'unauthorized' : 'http';
  const parsed = apiErrorSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) {
    return new ChatKitError(code, `The server answered with status ${status}.`, { status });
  }
  const { message, code: serverCode } = parsed.data.error;
  return new ChatKitError(code, message, { status, serverCode, forPeople: true });
}

/** JSON of an answer, or null where it is none. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
