/** The desktop shell: starts the server inside itself and shows its pages in one locked-down window. */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { app, type BrowserWindow, dialog, Menu } from 'electron';
import { type RunningServer, startServer } from '../src-server/index.ts';
import { registerIpc } from './ipc/handlers.ts';
import { menuTemplate } from './menu.ts';
import { hardenApp } from './security/harden.ts';
import { shellStrings, startFailure } from './strings.ts';
import { createWindow, preloadPath } from './window.ts';

// 1. Before anything else: every renderer is sandboxed, and only one Foyer runs per person.
// (Electron cannot do the first where Chromium was told to run without its sandbox, as root in a container.)
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    dialog.showErrorBox(
      shellStrings(app.getLocale()).startFailedTitle,
      startFailure(error, shellStrings(app.getLocale())),
    );
    app.exit(1);
  });
} else {
  app.quit();
}

async function run(): Promise<void> {
  let server: RunningServer | null = null;
  let window: BrowserWindow | null = null;
  const trace = startTrace();
  const appPath = app.getAppPath();

  // In development the pages come from Vite, which passes API calls on to the server.
  const devPages = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  const home = () => (server === null ? null : (devPages ?? server.url));
  const ownOrigin = () => {
    const address = home();
    return address === null ? null : new URL(address).origin;
  };

  // 2. Locks, before a window or a session exists.
  hardenApp(ownOrigin);
  registerIpc({ setupToken: () => server?.setupToken ?? null }, ownOrigin);

  // 3. The server starts while Electron does.
  const starting = startServer({
    dataDir: process.env.FOYER_DATA || path.join(app.getPath('userData'), 'data'),
    rendererDir: path.join(appPath, 'out', 'renderer'),
    migrationsDir: path.join(appPath, 'out', 'database'),
    env: process.env,
    ...(app.isPackaged ? {} : { envFile: path.join(appPath, '.env') }),
    version: app.getVersion(),
    log: (line) => console.error(line),
  });
  starting.catch(() => undefined);

  await app.whenReady();
  trace('ready');
  const strings = shellStrings(app.getLocale());
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(strings, { mac: process.platform === 'darwin', development: !app.isPackaged }),
    ),
  );

  // 4. The server was started before Electron was ready, and is there soon after; the page follows at once.
  const running = await starting;
  server = running;
  trace('server');
  const show = async () => {
    window = createWindow({
      stateFile: path.join(app.getPath('userData'), 'window.json'),
      preload: preloadPath(appPath),
      icon: path.join(appPath, 'resources', 'icons', '512x512.png'),
      strings,
    });
    window.once('closed', () => {
      window = null;
    });
    await window.loadURL(devPages ?? running.url);
  };
  await show();
  trace('page');

  app.on('second-instance', () => {
    if (window === null) void show();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  });
  app.on('activate', () => {
    if (window === null) void show();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  // 5. Quitting waits until running answers are kept and databases are closed.
  app.on('before-quit', () => window?.hide());
  app.on('will-quit', (event) => {
    event.preventDefault();
    trace('quitting');
    const late = new Promise((resolve) => setTimeout(resolve, 5_000));
    void Promise.race([running.close(), late])
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        trace('closed');
        app.exit(0);
      });
  });

  // 6. What only the first message needs.
  setTimeout(() => running.warmUp(), 1_000);
}

/** With FOYER_TRACE set, prints milliseconds since the process began for each phase. */
function startTrace(): (phase: string) => void {
  if (!process.env.FOYER_TRACE) return () => undefined;
  const began = performance.timeOrigin;
  return (phase) => console.error(JSON.stringify({ phase, ms: Math.round(Date.now() - began) }));
}
