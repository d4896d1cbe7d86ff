/** The Express application: guards in order, then one router per area, then errors. The only room that knows Express. */
import express, { type Express } from 'express';
import type { KeychainState, OfferedModel } from '../../src-shared/api/index.ts';
import type { Accounts, Caller } from '../accounts/index.ts';
import type { Attachments } from '../attachments/index.ts';
import type { Budgets } from '../budgets/index.ts';
import { type ChatKitServer, RunRegistry } from '../chatkit/index.ts';
import type { Connections } from '../connections/index.ts';
import type { RequestContext } from '../context.ts';
import type { Drafts, Histories, HistoryExport, Writer } from '../history/index.ts';
import type { Policies } from '../policies/index.ts';
import type { ConnectionSettings } from '../settings/connection.ts';
import type { Settings } from '../settings/settings.ts';
import type { Storage } from '../storage/index.ts';
import { bodyLimits } from './connection-limits.ts';
import { ApiError, errorHandler } from './errors.ts';
import { callerGuard } from './guards/caller.ts';
import { clientAddress } from './guards/client-address.ts';
import { refuseUndeclared } from './guards/declared.ts';
import { refuseDeepJson } from './guards/json-depth.ts';
import { ownAddressGuard } from './guards/own-address.ts';
import { rateLimits } from './guards/rate-limits.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { LiveRequests } from './live-requests.ts';
import { pageRoutes } from './pages.ts';
import { RightsWatch } from './rights-watch.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { type AuditCheck, auditRoutes } from './routes/audit.ts';
import { authenticationRoutes } from './routes/authentication.ts';
import { chatKitRoutes } from './routes/chatkit.ts';
import { connectionRoutes } from './routes/connections.ts';
import { draftRoutes } from './routes/drafts.ts';
import { exportRoutes } from './routes/export.ts';
import { governanceRoutes } from './routes/governance.ts';
import { installationRoutes } from './routes/installation.ts';
import { lockingRoutes } from './routes/locking.ts';
import { personalKeyRoutes } from './routes/personal-keys.ts';
import { sealingRoutes } from './routes/sealing.ts';
import { searchRoutes } from './routes/search.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { settingsRoutes } from './routes/settings.ts';
import { type SetupToken, setupRoutes } from './routes/setup.ts';
import { withinSession } from './within-session.ts';

/** The largest JSON body that is read; everything larger is refused with 413 before it is parsed. */
const BODY_LIMIT = '1mb';

export interface AppOptions {
  readonly accounts: Accounts;
  readonly chatKit: ChatKitServer<RequestContext>;
  readonly attachments: Attachments;
  readonly drafts: (writer: Writer) => Drafts;
  readonly search: Histories['search'];
  readonly historyExport: HistoryExport;
  readonly removeHistory: (userId: string) => Promise<void>;
  /** Closes what is open of a person's history until it is used again. */
  readonly releaseHistory: (userId: string) => Promise<void>;
  readonly settings: Settings;
  readonly connection: ConnectionSettings;
  readonly connections: Connections;
  readonly policies: Policies;
  readonly budgets: Budgets;
  /** The models that a person may choose, the usual one first. */
  readonly modelsFor: (person: Pick<RequestContext, 'userId' | 'role'>) => Promise<readonly OfferedModel[]>;
  readonly storage: Storage;
  readonly auditCheck: AuditCheck;
  readonly keychainState: KeychainState;
  readonly setupToken: SetupToken;
  readonly rendererDir: string;
  readonly dataDir: string;
  readonly version: string;
  /** The port that the server listens on; known once it does. */
  readonly port: () => number;
  readonly log: (line: string) => void;
  /** Told how many answers are being streamed, whenever that changes. */
  readonly runningChanged?: (running: number) => void;
}

/**
 * @throws {Error} naming routes that do not say which action they are
 * @returns the application; what closes the histories of sealed people whose sessions ran out unseen; and what stops
 *   everything that is still being answered and waits for the last writes
 */
export function createApp(options: AppOptions): {
  app: Express;
  closeUnused: () => void;
  close: () => Promise<void>;
} {
  const { accounts, settings, port } = options;
  const publicUrl = settings.get('FOYER_PUBLIC_URL').value;
  const live = new LiveRequests();
  const watch = new RightsWatch(accounts.mayGoOn);
  const runs = new RunRegistry({}, options.runningChanged, (owner) => closeCompartment(owner));
  /** What only a sealed person opens is closed when nothing works for them and no session of theirs is open. */
  const closeCompartment = (userId: string) => {
    if (runs.list(userId, null).length === 0 && accounts.forgetUnused(userId)) {
      void options.releaseHistory(userId).catch((error: unknown) => options.log(`closing failed: ${error}`));
    }
  };
  accounts.onSessionsLocked(({ userId, sessionIds }) => {
    live.disconnect(sessionIds);
    void live.settled(sessionIds).then(() => closeCompartment(userId));
  });
  accounts.onSessionsEnded(async ({ userId, sessionIds, staysSignedIn }) => {
    if (!staysSignedIn) {
      options.attachments.revokeTickets(userId);
      runs.forget(userId);
    }
    // The last words of an answer are written before the key of a sealed person is forgotten.
    void live.settled(sessionIds).then(() => closeCompartment(userId));
    await live.end(sessionIds);
  });
  const addressOf = clientAddress(settings.value('TRUSTED_PROXIES'));
  const limits = rateLimits(
    {
      requests: settings.value('RATE_LIMIT_REQUESTS'),
      messages: settings.value('RATE_LIMIT_MESSAGES'),
      uploads: settings.value('RATE_LIMIT_UPLOADS'),
      signIns: settings.value('RATE_LIMIT_SIGN_INS'),
    },
    addressOf,
  );
  const secure = publicUrl?.startsWith('https:') ?? false;
  const mustSeal = ({ user, role }: Pick<Caller, 'user' | 'role'>) =>
    user.protection === 'managed' && options.policies.of(user.id, role).sealing === 'required';
  const guard = callerGuard({ accounts, limits, port, secure, mustSeal });

  const within = withinSession(guard, live);

  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders());
  app.use((request, _response, next) => {
    limits.ofAddress(request);
    next();
  }, bodyLimits());
  app.use(ownAddressGuard({ port, publicUrl, allowedOrigins: settings.value('ALLOWED_ORIGINS') }));

  const api = express.Router();
  // Before the JSON parser: an upload may be a JSON file.
  api.use(attachmentRoutes(options.attachments, within));
  api.use(express.json({ limit: BODY_LIMIT, strict: false }), refuseDeepJson);
  // First: people wait for what is asked here.
  api.use(chatKitRoutes(options.chatKit, guard, { live, watch, runs }));
  api.get(
    '/health',
    guard.open(
      'health.read',
      (_request, response) => void response.json({ status: 'ok', version: options.version }),
    ),
  );
  api.use(setupRoutes(accounts, guard, options.setupToken));
  api.use(authenticationRoutes(accounts, guard, addressOf));
  api.use(lockingRoutes(accounts, guard, settings));
  api.use(sealingRoutes({ ...options, guard, addressOf }));
  api.use(secondFactorRoutes(accounts, guard));
  api.use('/admin', administrationRoutes(accounts, guard, options.removeHistory));
  api.use('/admin', connectionRoutes({ ...options, guard }));
  api.use('/admin', auditRoutes({ ...options, guard }));
  api.use('/admin', installationRoutes({ ...options, guard }));
  api.use(governanceRoutes({ ...options, guard }));
  api.use(personalKeyRoutes({ ...options, guard }));
  api.use(settingsRoutes({ ...options, guard }));
  api.use(draftRoutes(options.drafts, guard));
  api.use(searchRoutes(options.search, within));
  api.use(exportRoutes(options.historyExport, accounts, within));
  api.use(() => {
    throw new ApiError('not_found');
  });

  app.use('/api', api);
  app.use(pageRoutes({ rendererDir: options.rendererDir, accounts, guard }));
  app.use(errorHandler(options.log));
  refuseUndeclared(app.router);
  const closeUnused = () => {
    for (const userId of accounts.unusedKeys()) closeCompartment(userId);
  };
  const close = async () => {
    live.abortAll();
    await runs.close();
  };
  return { app, closeUnused, close };
}
