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
app.enableSandbox();
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

  const show = () => {
    window = createWindow({
      stateFile: path.join(app.getPath('userData'), 'window.json'),
      preload: preloadPath(appPath),
      icon: path.join(appPath, 'resources', 'icons', '512x512.png'),
      strings,
    });
    window.once('closed', () => {
      window = null;
    });
    const address = home();
    if (address !== null) void window.loadURL(address);
  };

  // 4. The window is made while the server still starts, and shows the page once both are there.
  show();
  server = await starting;
  trace('server');
  if (window !== null) await (window as BrowserWindow).loadURL(home() ?? server.url);
  trace('page');

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
    if (process.platform !== 'darwin') app.quit();
  });

  // 5. Quitting waits until running answers are kept and databases are closed.
  let closed = false;
  app.on('before-quit', () => {
    window?.hide();
  });
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const late = new Promise((resolve) => setTimeout(resolve, 5_000));
    void Promise.race([server?.close(), late]).finally(() => {
      closed = true;
      app.quit();
    });
  });

  // 6. What only the first message needs.
  setTimeout(() => server?.warmUp(), 1_000);
}

/** With FOYER_TRACE set, prints milliseconds since the process began for each phase. */
function startTrace(): (phase: string) => void {
  if (!process.env.FOYER_TRACE) return () => undefined;
  const began = performance.timeOrigin;
  return (phase) => console.error(JSON.stringify({ phase, ms: Math.round(Date.now() - began) }));
}
