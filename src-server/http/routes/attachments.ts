/** Uploading and reading attachments: what happens beside the ChatKit endpoint (protocol §5.7). */
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type Request, type Response, Router } from 'express';
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { type Attachments, refusal, TICKET_HEADER } from '../../attachments/index.ts';
import { toWireAttachment } from '../../chatkit/index.ts';
import type { RequestContext } from '../../context.ts';
import type { CallerGuard } from '../guards/caller.ts';
import { localeOf } from '../locale.ts';

export interface AttachmentRouteOptions {
  readonly attachments: Attachments;
  readonly guard: CallerGuard;
}

/** Nothing in an attachment may run or load anything when a browser shows it. */
const INERT = "default-src 'none'; sandbox";

export function attachmentRoutes({ attachments, guard }: AttachmentRouteOptions): Router {
  const router = Router();
  const answer = (attachment: Attachment) => toWireAttachment(attachment, attachments.store.present);

  router.post(
    '/attachments',
    guard.asUser(async (caller, request, response) => {
      const context = contextFor(caller, request, response);
      const { name, bytes } = await readUpload(request, attachments.limits.bytes, context);
      response.json(answer(await attachments.add(name, bytes, context)));
    }),
  );

  const upload = guard.asUser(async (caller, request, response) => {
    const context = contextFor(caller, request, response);
    const { bytes } = await readUpload(request, attachments.limits.bytes, context);
    const ticket = request.get(TICKET_HEADER) ?? '';
    response.json(answer(await attachments.upload(idOf(request), ticket, bytes, context)));
  });
  router.put('/attachments/:id/upload', upload);
  router.post('/attachments/:id/upload', upload);

  const read = (asPreview: boolean) =>
    guard.asUser(async (caller, request, response) => {
      const context = contextFor(caller, request, response);
      const { attachment, kind, bytes } = await attachments.open(idOf(request), context);
      const inline = asPreview && kind === 'image';
      // First: it sets a type by the name, which may lie.
      if (!inline) response.attachment(attachment.name);
      const type = kind === 'text' ? 'text/plain; charset=utf-8' : attachment.mime_type;
      response.setHeader('Content-Type', inline || kind !== 'other' ? type : 'application/octet-stream');
      response.setHeader('Content-Security-Policy', INERT);
      response.setHeader('Cache-Control', 'private, max-age=3600');
      response.send(bytes);
    });
  router.get('/attachments/:id', read(false));
  router.get('/attachments/:id/preview', read(true));

  return router;
}

function contextFor(
  caller: Parameters<Parameters<CallerGuard['asUser']>[0]>[0],
  request: Request,
  response: Response,
): RequestContext {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return { userId: caller.user.id, role: caller.role, locale: localeOf(request), signal: gone.signal };
}

function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The file of a request, raw or as the part `file` of a form; reading ends as soon as there is too much. */
function readUpload(request: Request, limit: number, context: RequestContext): Promise<Upload> {
  return request.is('multipart/form-data')
    ? readForm(request, limit, context)
    : readRaw(request, limit, context);
}

async function readRaw(request: Request, limit: number, { locale }: RequestContext): Promise<Upload> {
  if (Number(request.get('content-length') ?? 0) > limit) throw refusal('too_large', locale, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw refusal('too_large', locale, limit);
    chunks.push(chunk);
  }
  return { name: 'file', bytes: Buffer.concat(chunks) };
}

/** What a form needs besides its file. */
const FORM_OVERHEAD = 65_536;

function readForm(request: Request, limit: number, { locale }: RequestContext): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => reject(refusal('too_large', locale, limit));
    const noFile = () => reject(refusal('no_file', locale));
    if (Number(request.get('content-length') ?? 0) > limit + FORM_OVERHEAD) return tooLarge();
    let upload: Upload | null = null;
    let form: BusboyInstance;
    try {
      form = new Busboy({
        headers: { ...request.headers, 'content-type': request.get('content-type') ?? '' },
        limits: { files: 1, fileSize: limit, fields: 10, fieldSize: 1_024, parts: 20, headerPairs: 100 },
      });
    } catch {
      return noFile();
    }
    form.on('file', (field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('limit', tooLarge);
      stream.once('end', () => {
        if (field === 'file') upload = { name, bytes: Buffer.concat(chunks) };
      });
    });
    form.once('finish', () => (upload === null ? noFile() : resolve(upload)));
    form.once('error', noFile);
    request.once('aborted', noFile);
    request.pipe(form);
  });
}
