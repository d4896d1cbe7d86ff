/** The one way a window is made. */
import path from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { PAPER } from './colors.ts';
import { contextMenu } from './context-menu.ts';
import type { ShellStrings } from './strings.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  /** The page to show. */
  readonly url: string;
  /** File that remembers size and place. */
  readonly stateFile: string;
  readonly preload: string;
  readonly icon: string;
  /** Whether a developer looks inside. */
  readonly devTools: boolean;
  /** Whether the system brings a spelling checker. */
  readonly systemSpelling: boolean;
  readonly strings: ShellStrings;
}

/** A page that keeps crashing is not reloaded for ever. */
const CRASHES_PER_MINUTE = 3;

/** Chromium's code for a load that something else replaced, such as a page that went on to the next one. */
const ERR_ABORTED = -3;

/** Makes the window and loads the page; it shows itself as soon as there is something to see. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const state = readWindowState(
    options.stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(state === null
      ? { width: 1180, height: 820 }
      : { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Foyer',
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: options.systemSpelling,
      devTools: options.devTools,
    },
  });
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeWindowState(options.stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.webContents.on('context-menu', (_event, params) => contextMenu(window, params, options.strings));
  recoverFromCrashes(window, options.strings);
  recoverFromFailedLoads(window, options);
  // What can go wrong is handled by its event.
  window.loadURL(options.url).catch(() => undefined);
  return window;
}

function recoverFromFailedLoads(window: BrowserWindow, { url, strings }: WindowOptions): void {
  window.webContents.on('did-fail-load', async (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || code === ERR_ABORTED || window.isDestroyed()) return;
    window.show();
    await dialog.showMessageBox(window, {
      type: 'error',
      message: strings.loadFailedTitle,
      detail: `${strings.loadFailedDetail}\n\n${description} (${code})`,
      buttons: [strings.reload],
    });
    if (!window.isDestroyed()) window.loadURL(url).catch(() => undefined);
  });
}

function recoverFromCrashes(window: BrowserWindow, strings: ShellStrings): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < 60_000), now];
    if (crashes.length >= CRASHES_PER_MINUTE) {
      crashes = [];
      await dialog.showMessageBox(window, {
        type: 'error',
        message: strings.crashedTitle,
        detail: strings.crashedDetail,
        buttons: [strings.reload],
      });
    }
    // Not from within the event: Electron is still taking the old renderer down.
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    });
  });
}

/** Where the built preload is, seen from the built main. */
export function preloadPath(appPath: string): string {
  return path.join(appPath, 'out', 'preload', 'index.cjs');
}
