/** Taking one's conversations along as files. */
import { type Response, Router } from 'express';
import type { Accounts } from '../../accounts/index.ts';
import type { ExportedFile, HistoryExport } from '../../history/index.ts';
import { sendPieces } from '../sending.ts';
import type { SessionRoute } from '../within-session.ts';

/** @param within nothing more is sent when the session ends */
export function exportRoutes(
  history: HistoryExport,
  accounts: Pick<Accounts, 'writeAudit'>,
  within: SessionRoute,
): Router {
  const router = Router();
  router.get(
    '/export',
    within('history.export', async (context, _request, response) => {
      const { userId } = context;
      // That everything was taken along is for its owner to see, and for the administrator to know.
      accounts.writeAudit({ action: 'history.exported', actorId: userId, subjectId: userId });
      await send(history.everything(context), 'application/zip', response);
    }),
  );
  router.get(
    '/export/threads/:id',
    within('history.export', async (context, request, response) => {
      const { id } = request.params;
      const file = await history.thread(typeof id === 'string' ? id : '', context);
      await send(file, 'text/markdown; charset=utf-8', response);
    }),
  );
  return router;
}

async function send({ name, pieces }: ExportedFile, type: string, response: Response): Promise<void> {
  response.attachment(name);
  response.setHeader('Content-Type', type);
  await sendPieces(pieces, response);
}
