/** The embedded server: everything behind the pages, with or without Electron around it. */
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { auditReportSchema, type KeychainState } from '../src-shared/api/index.ts';
import { type Accounts, openAccounts } from './accounts/index.ts';
import { createAssistant, refusing, titleFrom, warmUp } from './agents/index.ts';
import { imageWorkshop, openAttachments, pdfReader, sealedFiles } from './attachments/index.ts';
import { openBudgets } from './budgets/index.ts';
import { ChatKitServer } from './chatkit/index.ts';
import { openConnections } from './connections/index.ts';
import type { RequestContext } from './context.ts';
import { lockDataDir } from './database/data-lock.ts';
import { followGuests } from './guest-histories.ts';
import { type Histories, historyExport, openHistories } from './history/index.ts';
import { createApp } from './http/app.ts';
import { limitedServer } from './http/connection-limits.ts';
import { SetupToken } from './http/routes/setup.ts';
import { openJob } from './jobs/index.ts';
import { type Keychain, openKeychain } from './keychain/index.ts';
import { describeKeychain } from './keychain-state.ts';
import { bind, closeServer } from './listening.ts';
import { httpFetch } from './outgoing/http-fetch.ts';
import { admission, openPolicies } from './policies/index.ts';
import { connectionSettings } from './settings/connection.ts';
import { loadSettings, type Settings } from './settings/settings.ts';
import { openStorage } from './storage/index.ts';

export { sizeHeapByLoad } from './heap.ts';

/** How often the keychain is told the newest row of the audit: rows written since can be cut off unseen. */
const ANCHOR_EVERY_MS = 5 * 60_000;

export interface ServerOptions {
  /** Folder of all data; made when absent, readable by its owner only. */
  readonly dataDir: string;
  /** Port on 127.0.0.1, 0 for any free one. Without it the setting FOYER_PORT counts, then `preferredPort`. */
  readonly port?: number;
  /** Tried when nobody chose a port; when it is taken, any free one. Default: any free one. */
  readonly preferredPort?: number;
  /** The built renderer. */
  readonly rendererDir: string;
  /** Holds `accounts/migrations` and `history/migrations`, made by drizzle-kit. */
  readonly migrationsDir: string;
  /** The built `pdf-worker`, or `src-server/attachments/pdf/pdf-worker.ts`. */
  readonly pdfWorker: string;
  /** The built `image-worker`, or `src-server/attachments/images/image-worker.ts`. */
  readonly imageWorker: string;
  /** The built `audit-worker`, or `src-server/accounts/audit/verify-worker.ts`. */
  readonly auditWorker: string;
  /** The built `storage-worker`, or `src-server/storage/storage-worker.ts`. */
  readonly storageWorker: string;
  /** The built `search-worker`, or `src-server/history/search/search-worker.ts`. */
  readonly searchWorker: string;
  /** The file `vips-node` of the package wasm-vips, beside its `vips.wasm`. */
  readonly imageCodec: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of a `.env` file; need not exist. */
  readonly envFile?: string;
  readonly version: string;
  readonly log?: (line: string) => void;
  /** Told how many answers are being streamed, whenever that changes. */
  readonly runningChanged?: (running: number) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** One-time token for creating the first administrator; null once there is one. */
  readonly setupToken: string | null;
  /** What the person who started Foyer should know about the keychain. */
  readonly keychain: KeychainState;
  /** Whether windows are to be locked when the system is. */
  readonly locksWithSystem: boolean;
  /** Locks every browser and window at once: nobody sits in front of the machine any more. */
  lock(): void;
  /** Loads what the first message will need; call when nothing else is urgent. */
  warmUp(): void;
  /** Ends streams, keeps what they wrote, closes databases. */
  close(): Promise<void>;
}

/** How often sessions that nobody uses are looked for, in milliseconds. */
const LOCK_IDLE_EVERY_MS = 2_000;

/**
 * Starts Foyer's server. Nothing is listening and no file stays open when it throws.
 *
 * @throws {SettingsError} naming settings that cannot be used
 * @throws {DataInUseError} when another Foyer works on the data folder
 * @throws {DatabaseFromFutureError} when the data was written by a newer Foyer
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const log = options.log ?? (() => undefined);
  fs.mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const cleanUp: (() => void | Promise<void>)[] = [lockDataDir(options.dataDir)];
  try {
    const settings = loadSettings(options);
    const keychain = openKeychain({
      kind: settings.value('FOYER_KEYCHAIN'),
      dataDir: options.dataDir,
    });
    const accounts = await openAccountsWith(options, settings, keychain);
    cleanUp.unshift(() => accounts.close());
    await provisionAdministrator(accounts, settings);
    const histories = openHistories({
      dataDir: options.dataDir,
      migrationsDir: path.join(options.migrationsDir, 'history', 'migrations'),
      folder: (userId) => accounts.historyFolder(userId),
      dataKey: (writer) => accounts.historyKey(writer),
      searchWorker: options.searchWorker,
    });
    cleanUp.unshift(() => histories.close());
    cleanUp.unshift(followGuests(accounts, histories, log));
    return await listen({ options, settings, keychain, accounts, histories, cleanUp, log });
  } catch (error) {
    for (const step of cleanUp) await step();
    throw error;
  }
}

function openAccountsWith(options: ServerOptions, settings: Settings, keychain: Keychain): Promise<Accounts> {
  const authSecret = settings.get('AUTH_SECRET_KEY').value;
  return openAccounts({
    dataDir: options.dataDir,
    migrationsDir: path.join(options.migrationsDir, 'accounts', 'migrations'),
    keychain,
    tokenLifetimeMinutes: settings.value('ACCESS_TOKEN_EXPIRE_MINUTES'),
    longestMinutes: () => settings.value('FOYER_LOCK_AFTER_MINUTES'),
    ...(authSecret === null ? {} : { authSecret }),
  });
}

async function provisionAdministrator(accounts: Accounts, settings: Settings): Promise<void> {
  const email = settings.get('ADMIN_EMAIL').value;
  const password = settings.get('ADMIN_PASSWORD').value;
  if (email !== null && password !== null) await accounts.provisionAdministrator({ email, password });
}

/** How often keys of sealed people are looked for whose sessions have run out. */
const FORGET_KEYS_MS = 60_000;

interface Parts {
  readonly options: ServerOptions;
  readonly settings: Settings;
  readonly keychain: Keychain;
  readonly accounts: Accounts;
  readonly histories: Histories;
  readonly cleanUp: (() => void | Promise<void>)[];
  readonly log: (line: string) => void;
}

async function listen(parts: Parts): Promise<RunningServer> {
  const { options, settings, keychain, accounts, histories, log } = parts;
  const connection = connectionSettings({
    settings,
    keychain,
    account: `connection-key:${accounts.installId}`,
  });
  const budgets = openBudgets(accounts.database);
  if (budgets.abandoned > 0) log(`${budgets.abandoned} requests were cut off and are charged in full`);
  const policies = openPolicies(accounts.database, Date.now);
  const modelFetch = httpFetch();
  const connections = openConnections({
    fetch: modelFetch,
    database: accounts.database,
    keychain,
    keyPrefix: `connection-key:${accounts.installId}`,
    personalKeyPrefix: `personal-key:${accounts.installId}`,
    builtIn: async () => {
      const { connection: builtIn, mode, key } = await connection.resolve();
      const models = [settings.value('CHATKIT_AGENT_MODEL'), ...settings.value('CHATKIT_AGENT_MODELS')];
      const baseUrl = settings.value('OPENAI_BASE_URL');
      return { connection: builtIn, mode, key, baseUrl, models: [...new Set(models)] };
    },
  });
  const notDropped = (error: unknown) =>
    log(`people's own keys were not all dropped: ${error instanceof Error ? error.name : 'unknown'}`);
  accounts.onSessionsEnded(async ({ userId, reason }) => {
    if (reason !== 'deleted') return;
    policies.remove({ kind: 'person', subject: userId });
    await connections.personal.dropPerson(userId).catch(notDropped);
  });
  // What could not be dropped when it should have been, and where the environment names another server now.
  const tidied = connections.personal.dropLost().catch(notDropped);
  parts.cleanUp.unshift(() => tidied);
  const { admit, check, modelsFor } = admission({ policies, budgets, connections, log });
  const server = limitedServer();
  const port = () => (server.address() as AddressInfo).port;
  const publicUrl = settings.get('FOYER_PUBLIC_URL').value;
  const attachments = openAttachments({
    store: histories.store,
    files: (context) => sealedFiles(histories.filesFolder(context), accounts.historyKey(context)),
    records: (context) => histories.attachmentRecords(context),
    people: () => histories.openPeople(),
    origin: () => (publicUrl === null ? `http://127.0.0.1:${port()}` : new URL(publicUrl).origin),
    limits: {
      bytes: settings.value('ATTACHMENT_MAX_BYTES'),
      perMessage: settings.value('ATTACHMENTS_PER_MESSAGE'),
    },
    limitsFor: ({ userId, role }) => {
      const { attachments: allowed, attachmentMaxBytes } = policies.of(userId, role);
      const bytes = settings.value('ATTACHMENT_MAX_BYTES');
      return {
        bytes: Math.min(bytes, attachmentMaxBytes ?? bytes),
        perMessage: allowed ? settings.value('ATTACHMENTS_PER_MESSAGE') : 0,
      };
    },
    readPdf: pdfReader(options.pdfWorker),
    images: imageWorkshop({ worker: options.imageWorker, codec: options.imageCodec, log }),
    log,
  });
  const assistant = createAssistant({
    store: histories.store,
    config: () => connection.resolve(),
    attachmentParts: ({ id }, { dialect, context }) =>
      attachments.forModel(id, dialect === 'responses', context),
    storeImage: ({ base64 }, thread, context) =>
      attachments.addImage(Buffer.from(base64, 'base64'), thread.id, context),
    imageForModel: (url, context) => attachments.imageForModel(url, context),
    fetch: modelFetch,
    admit,
    log,
    version: options.version,
  });
  const chatKit = new ChatKitServer<RequestContext>({
    store: attachments.withThreads(histories.store),
    attachmentStore: attachments.store,
    handlers: {
      respond: assistant,
      titleOf: titleFrom,
      mayAnswer: (_thread, { inference_options }, context) =>
        refusing(() => check(inference_options.model || null, context), context),
    },
    log,
  });
  const storage = openStorage({
    dataDir: options.dataDir,
    worker: options.storageWorker,
    people: () => accounts.listUsers(),
    log,
  });
  parts.cleanUp.unshift(storage.close);
  const verification = openJob({ worker: options.auditWorker, result: auditReportSchema, log });
  parts.cleanUp.unshift(verification.cancel);
  const anchor = () =>
    accounts.anchorAudit().catch((error: unknown) => log(`the audit was not anchored: ${String(error)}`));
  const anchoring = setInterval(() => void anchor(), ANCHOR_EVERY_MS).unref();
  const keychainState = describeKeychain(accounts, keychain);
  const setupToken = new SetupToken(accounts.needsSetup());

  const { app, closeUnused, close } = createApp({
    accounts,
    chatKit,
    attachments,
    drafts: (writer) => histories.drafts(writer),
    search: (writer, query, signal) => histories.search(writer, query, signal),
    historyExport: historyExport(histories.store, {
      idOfImage: attachments.idOfImage,
      open: async (id, context) => (await attachments.open(id, 'original', context)).file,
    }),
    removeHistory: (userId) => histories.remove(userId),
    // Guests, whose histories lie elsewhere, are never sealed.
    releaseHistory: (userId) => histories.release({ userId, role: 'user' }),
    settings,
    connection,
    connections,
    policies,
    budgets,
    modelsFor,
    storage,
    auditCheck: {
      ...verification,
      start: async () => verification.start(await accounts.auditCheck()),
    },
    keychainState,
    setupToken,
    rendererDir: options.rendererDir,
    dataDir: options.dataDir,
    version: options.version,
    port,
    log,
    ...(options.runningChanged === undefined ? {} : { runningChanged: options.runningChanged }),
  });
  // Sessions that nobody ends run out by themselves.
  const forgetting = setInterval(() => {
    closeUnused();
    accounts.purgeAgain();
  }, FORGET_KEYS_MS);
  forgetting.unref();
  server.on('request', app);
  if (settings.value('FOYER_LOCK_AT_START') === 'on') accounts.lockAll();
  const idle = setInterval(accounts.lockIdle, LOCK_IDLE_EVERY_MS);
  idle.unref();
  parts.cleanUp.unshift(() => clearInterval(idle));
  await bind(server, options.port ?? settings.get('FOYER_PORT').value, options.preferredPort ?? 0);
  const anchored = anchor();

  return {
    url: `http://127.0.0.1:${port()}/`,
    get setupToken() {
      return setupToken.value;
    },
    keychain: keychainState,
    get locksWithSystem() {
      return settings.value('FOYER_LOCK_WITH_SYSTEM') === 'on';
    },
    lock: accounts.lockAll,
    warmUp: () => void warmUp().catch((error: unknown) => log(`loading the agents failed: ${String(error)}`)),
    close: async () => {
      clearInterval(forgetting);
      await Promise.all([close(), closeServer(server), attachments.close()]);
      clearInterval(anchoring);
      await anchored;
      await anchor();
      for (const step of parts.cleanUp) await step();
    },
  };
}
