/** The Express application: guards in order, then one router per area, then errors. The only room that knows Express. */
import express, { type Express } from 'express';
import type { KeychainState, OfferedModel } from '../../src-shared/api/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Attachments } from '../attachments/index.ts';
import type { Budgets } from '../budgets/index.ts';
import { type ChatKitServer, RunRegistry } from '../chatkit/index.ts';
import type { Connections } from '../connections/index.ts';
import type { RequestContext } from '../context.ts';
import type { Drafts } from '../history/index.ts';
import type { Policies } from '../policies/index.ts';
import type { ConnectionSettings } from '../settings/connection.ts';
import type { Settings } from '../settings/settings.ts';
import { ApiError, errorHandler } from './errors.ts';
import { callerGuard } from './guards/caller.ts';
import { ownAddressGuard } from './guards/own-address.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { LiveRequests } from './live-requests.ts';
import { pageRoutes } from './pages.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { authenticationRoutes } from './routes/authentication.ts';
import { chatKitRoutes } from './routes/chatkit.ts';
import { connectionRoutes } from './routes/connections.ts';
import { draftRoutes } from './routes/drafts.ts';
import { governanceRoutes } from './routes/governance.ts';
import { settingsRoutes } from './routes/settings.ts';
import { sealingRoutes } from './routes/sealing.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { type SetupToken, setupRoutes } from './routes/setup.ts';

/** The largest JSON body that is read; everything larger is refused with 413 before it is parsed. */
const BODY_LIMIT = '1mb';

export interface AppOptions {
  readonly accounts: Accounts;
  readonly chatKit: ChatKitServer<RequestContext>;
  readonly attachments: Attachments;
  readonly drafts: (userId: string) => Drafts;
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
  readonly keychainState: KeychainState;
  readonly setupToken: SetupToken;
  readonly rendererDir: string;
  readonly dataDir: string;
  readonly version: string;
  /** The port that the server listens on; known once it does. */
  readonly port: () => number;
  readonly log: (line: string) => void;
  /** Forgets the keys of sealed people who have no open session left. */
  readonly forgetUnusedKeys: () => Promise<void>;
  /** Told how many answers are being streamed, whenever that changes. */
  readonly runningChanged?: (running: number) => void;
}

/** @returns the application, and what stops everything that it is still answering and waits for the last writes */
export function createApp(options: AppOptions): { app: Express; close: () => Promise<void> } {
  const { accounts, settings, port } = options;
  const publicUrl = settings.get('FOYER_PUBLIC_URL').value;
  const live = new LiveRequests();
  const runs = new RunRegistry({}, options.runningChanged);
  accounts.onSessionsEnded(({ sessionIds }) => {
    live.abort(sessionIds);
    // The last words of an answer are written before the key of a sealed person is forgotten.
    void live.settled(sessionIds).then(options.forgetUnusedKeys);
  });
  const guard = callerGuard({ accounts, port, secure: publicUrl?.startsWith('https:') ?? false });

  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders());
  app.use(ownAddressGuard({ port, publicUrl, allowedOrigins: settings.value('ALLOWED_ORIGINS') }));

  const api = express.Router();
  api.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  // Before the JSON parser: an upload may be a JSON file.
  api.use(attachmentRoutes({ attachments: options.attachments, guard }));
  api.use(express.json({ limit: BODY_LIMIT, strict: false }));
  // First: people wait for what is asked here.
  api.use(chatKitRoutes(options.chatKit, guard, live, runs));
  api.get('/health', (_request, response) => void response.json({ status: 'ok', version: options.version }));
  api.use(setupRoutes(accounts, guard, options.setupToken));
  api.use(authenticationRoutes(accounts, guard));
  api.use(sealingRoutes({ ...options, guard }));
  api.use(secondFactorRoutes(accounts, guard));
  api.use('/admin', administrationRoutes(accounts, guard, options.removeHistory));
  api.use('/admin', connectionRoutes({ ...options, guard }));
  api.use(governanceRoutes({ ...options, guard }));
  api.use(settingsRoutes({ ...options, guard }));
  api.use(draftRoutes(options.drafts, guard));
  api.use(() => {
    throw new ApiError('not_found');
  });

  app.use('/api', api);
  app.use(pageRoutes({ rendererDir: options.rendererDir, accounts, guard }));
  app.use(errorHandler(options.log));
  const close = async () => {
    live.abortAll();
    await runs.close();
  };
  return { app, close };
}
