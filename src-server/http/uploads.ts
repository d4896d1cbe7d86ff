/** The bytes of an uploaded file, raw or in a form, as they arrive; nothing is collected here. */
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Request, RequestHandler } from 'express';
import { type Expected, limitOf, refusal, tooLong } from '../attachments/index.ts';
import type { RequestContext } from '../context.ts';

/** A file whose bytes are still arriving. */
export interface Upload {
  readonly name: string;
  /** Once. Throws a refusal when they do not arrive whole. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What a form needs besides its file. */
const FORM_OVERHEAD = 65_536;

/**
 * Finds the file of a request: its body, or the part `file` of a form.
 *
 * @param expected a body that says it has more is refused unread
 * @throws {ChatKitRequestError}
 */
export async function openUpload(
  request: Request,
  expected: Expected,
  context: RequestContext,
): Promise<Upload> {
  const limit = limitOf(expected);
  const isForm = request.is('multipart/form-data') !== false;
  const announced = Number(request.get('content-length') ?? 0);
  if (announced > limit + (isForm ? FORM_OVERHEAD : 0)) throw tooLong(expected, context);
  return isForm ? openForm(request, limit, context) : { name: 'file', bytes: rawBytes(request, context) };
}

async function* rawBytes(request: Request, { locale }: RequestContext): AsyncGenerator<Uint8Array> {
  try {
    // The answer goes through the same connection: it must outlive a body that is not read to its end.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch {
    throw refusal('wrong_size', locale);
  }
}

function openForm(request: Request, limit: number, { locale }: RequestContext): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const noFile = () => reject(refusal('no_file', locale));
    let form: BusboyInstance;
    try {
      form = new Busboy({
        headers: { ...request.headers, 'content-type': request.get('content-type') ?? '' },
        // One byte more than there may be, so that the reader sees that there is more.
        limits: { files: 1, fileSize: limit + 1, fields: 10, fieldSize: 1_024, parts: 20, headerPairs: 100 },
      });
    } catch {
      return noFile();
    }
    form.on('file', (field, stream, name) => {
      if (field !== 'file') return void stream.resume();
      const cut = () => stream.destroy(refusal('wrong_size', locale));
      form.once('error', cut);
      request.once('aborted', cut);
      // Without a listener an error before the first read would end the process.
      stream.on('error', () => undefined);
      const bytes = async function* (): AsyncGenerator<Uint8Array> {
        try {
          for await (const chunk of stream) yield chunk;
        } catch {
          throw refusal('wrong_size', locale);
        } finally {
          request.unpipe(form);
        }
      };
      resolve({ name, bytes: bytes() });
    });
    form.once('finish', noFile);
    form.on('error', noFile);
    request.once('aborted', noFile);
    request.pipe(form);
  });
}

/** How long, and for how many more bytes, a client that was answered early may go on sending. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 4 * 1_048_576;

/**
 * Cuts the connection of a client that goes on sending after its answer. Not at once: what is cut while bytes are
 * arriving takes the answer with it.
 */
export const cutLongBodies: RequestHandler = (request, response, next) => {
  response.once('finish', () => {
    const { socket } = request;
    const read = socket.bytesRead;
    const until = Date.now() + LINGER_MS;
    const timer = setInterval(() => {
      const isPatient = Date.now() < until && socket.bytesRead - read < LINGER_BYTES;
      if (!request.complete && !socket.destroyed && isPatient) return;
      clearInterval(timer);
      if (!request.complete) socket.destroy();
    }, 20).unref();
  });
  next();
};
