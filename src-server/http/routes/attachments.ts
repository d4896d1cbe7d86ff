/** Uploading and reading attachments: what happens beside the ChatKit endpoint (protocol §5.7). */
import { type Request, Router } from 'express';
import type { Attachment } from '../../../src-shared/chatkit/index.ts';
import { type Attachments, TICKET_HEADER, type Version } from '../../attachments/index.ts';
import { toWireAttachment } from '../../chatkit/index.ts';
import { makeInert } from '../guards/security-headers.ts';
import { sendPieces } from '../sending.ts';
import { cutLongBodies, openUpload } from '../uploads.ts';
import type { SessionRoute } from '../within-session.ts';

/** @param within the bytes stop in either direction when the session ends */
export function attachmentRoutes(attachments: Attachments, within: SessionRoute): Router {
  const router = Router();
  const answer = (attachment: Attachment) => toWireAttachment(attachment, attachments.store.present);
  router.use('/attachments', cutLongBodies);

  router.post(
    '/attachments',
    within('attachment.add', async (context, request, response) => {
      const { name, bytes } = await openUpload(
        request,
        { atMost: attachments.limitsFor(context).bytes },
        context,
      );
      response.json(answer(await attachments.add(name, bytes, context)));
    }),
  );

  const upload = within('attachment.add', async (context, request, response) => {
    const permission = attachments.redeem(idOf(request), request.get(TICKET_HEADER) ?? '', context);
    const { bytes } = await openUpload(request, { exactly: permission.size }, context);
    response.json(answer(await permission.upload(bytes)));
  });
  router.put('/attachments/:id/upload', upload);
  router.post('/attachments/:id/upload', upload);

  const read = (version: Version) =>
    within('attachment.read', async (context, request, response) => {
      const opened = await attachments.open(idOf(request), version, context);
      const { attachment, metadata, mimeType, isMadeHere, file } = opened;
      const pieces = file.read();
      // Damage at the beginning can still be answered with an error.
      const first = await pieces.next();
      // First: it sets a type by the name, which may lie.
      if (!isMadeHere) response.attachment(attachment.name);
      const type = metadata.kind === 'text' ? 'text/plain; charset=utf-8' : mimeType;
      response.setHeader('Content-Type', metadata.kind === 'other' ? 'application/octet-stream' : type);
      response.setHeader('Content-Length', file.size);
      makeInert(response);
      await sendPieces(first.done ? [] : joined(first.value, pieces), response);
    });
  router.get('/attachments/:id', read('original'));
  router.get('/attachments/:id/preview', read('preview'));
  router.get('/attachments/:id/image', read('image'));

  return router;
}

function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}

async function* joined(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
