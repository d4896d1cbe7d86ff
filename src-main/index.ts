/** The desktop shell: starts the server inside itself and shows its pages in one locked-down window. */
import path from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, Menu, powerMonitor, shell } from 'electron';
import { type RunningServer, sizeHeapByLoad, startServer } from '../src-server/index.ts';
import { proposals } from './deep-links/proposals.ts';
import { listenForLinks } from './deep-links/register.ts';
import { downloads } from './downloads/downloads.ts';
import { DOWNLOAD, LOCK, PROPOSAL } from './ipc/channels.ts';
import { registerIpc } from './ipc/handlers.ts';
import { lockWithSystem } from './lock-with-system.ts';
import { menuTemplate } from './menu.ts';
import { questions } from './questions.ts';
import { closeOnQuit } from './quit.ts';
import { isOwnPage } from './security/addresses.ts';
import { hardenApp } from './security/harden.ts';
import { externalOpener } from './security/open-external.ts';
import { shellStrings, startFailure } from './strings.ts';
import { startTrace } from './trace.ts';
import { createWindow, preloadPath } from './window.ts';

// 1. Before anything else: every renderer is sandboxed, and only one Foyer runs per person.
// (Electron cannot do the first where Chromium was told to run without its sandbox, as root in a container.)
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (app.requestSingleInstanceLock()) run().catch(explainAndExit);
else app.quit();

async function run(): Promise<void> {
  const runningChanged = sizeHeapByLoad();
  let server: RunningServer | null = null;
  let window: BrowserWindow | null = null;
  const trace = startTrace(process.env);
  const appPath = app.getAppPath();
  const development = !app.isPackaged;
  // Only macOS checks spelling by itself; elsewhere Chromium would fetch dictionaries from the internet.
  const systemSpelling = process.platform === 'darwin';

  // In development the pages come from Vite, which passes API calls on to the server.
  const devPages = development ? process.env.ELECTRON_RENDERER_URL : undefined;
  const ownOrigin = () => (server === null ? null : new URL(devPages ?? server.url).origin);

  // 2. Locks, before a window or a session exists.
  const strings = () => shellStrings(app.getLocale());
  const ask = questions({ dialog, window: () => window, strings });
  /** Speaks to our own page, and to nothing else that the window might show. */
  const tell = (channel: typeof DOWNLOAD | typeof LOCK | typeof PROPOSAL, message?: unknown) => {
    const origin = ownOrigin();
    const page = window?.webContents;
    if (page !== undefined && origin !== null && isOwnPage(page.getURL(), origin))
      page.send(channel, message);
  };
  const saving = downloads({
    ownOrigin,
    folder: () => app.getPath('downloads'),
    title: () => strings().saveTitle,
    tell: (download) => tell(DOWNLOAD, download),
  });
  const links = proposals({
    confirm: ask.acceptProposal,
    refuse: ask.refuseLink,
    tell: () => tell(PROPOSAL),
  });
  hardenApp(app, {
    ownOrigin,
    openExternal: externalOpener(shell, ask.openExternal),
    download: saving.handle,
    systemSpelling,
    devTools: development,
    log: (line) => console.error(line),
  });
  registerIpc(
    ipcMain,
    {
      setupToken: () => server?.setupToken ?? null,
      cancelDownload: saving.cancel,
      takeProposal: links.take,
    },
    ownOrigin,
  );
  listenForLinks({
    app,
    argv: process.argv,
    execPath: process.execPath,
    platform: process.platform,
    receive: links.receive,
  });

  // 3. The server starts while Electron does.
  const starting = startServer({
    dataDir: process.env.FOYER_DATA || path.join(app.getPath('userData'), 'data'),
    rendererDir: path.join(appPath, 'out', 'renderer'),
    pdfWorker: path.join(appPath, 'out', 'main', 'pdf-worker.cjs'),
    imageWorker: path.join(appPath, 'out', 'main', 'image-worker.cjs'),
    auditWorker: path.join(appPath, 'out', 'main', 'audit-worker.cjs'),
    storageWorker: path.join(appPath, 'out', 'main', 'storage-worker.cjs'),
    searchWorker: path.join(appPath, 'out', 'main', 'search-worker.cjs'),
    imageCodec: path.join(appPath, 'out', 'main', 'vips', 'vips-node.cjs'),
    migrationsDir: path.join(appPath, 'out', 'database'),
    env: process.env,
    runningChanged,
    ...(development ? { envFile: path.join(appPath, '.env') } : {}),
    version: app.getVersion(),
    log: (line) => console.error(line),
  });
  starting.catch(() => undefined);

  await app.whenReady();
  trace('ready');
  const mac = process.platform === 'darwin';
  const lockPage = () => tell(LOCK);
  const menu = menuTemplate(strings(), { mac, development, lock: lockPage });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));

  // 4. The server was started before Electron was ready, and is there soon after; the page follows at once.
  const running = await starting;
  server = running;
  trace('server');
  const show = () => {
    window = createWindow({
      url: devPages ?? running.url,
      stateFile: path.join(app.getPath('userData'), 'window.json'),
      preload: preloadPath(appPath),
      icon: path.join(appPath, 'resources', 'icons', '512x512.png'),
      devTools: development,
      systemSpelling,
      strings: strings(),
    });
    window.once('closed', () => {
      window = null;
    });
    window.webContents.once('did-finish-load', () => trace('page'));
  };
  show();
  lockWithSystem({
    powerMonitor,
    platform: process.platform,
    isWanted: () => running.locksWithSystem,
    lockPage,
    lockAll: () => running.lock(),
  });
  links.begin();

  app.on('second-instance', () => {
    if (window === null) show();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  });
  app.on('activate', () => {
    if (window === null) show();
  });
  app.on('window-all-closed', () => {
    if (!mac) app.quit();
  });

  // 5. Quitting waits until running answers are kept and databases are closed.
  app.on('before-quit', () => window?.hide());
  closeOnQuit({ app, signals: process, close: () => running.close(), trace });

  // 6. What only the first message needs.
  setTimeout(() => running.warmUp(), 1_000);
}

/** Says why Foyer does not start, in a dialog and where it was started from, and ends. */
function explainAndExit(error: unknown): void {
  const strings = shellStrings(app.getLocale());
  const explanation = startFailure(error, strings);
  console.error(`${strings.startFailedTitle}. ${explanation}`);
  dialog.showErrorBox(strings.startFailedTitle, explanation);
  app.exit(1);
}
