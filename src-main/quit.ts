import type { App } from 'electron';
import type { Trace } from './trace.ts';

/** How long quitting waits for answers and databases, in milliseconds. */
const PATIENCE = 5_000;

export interface QuitOptions {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  /** Where the operating system's requests to end arrive: the process. */
  readonly signals: Pick<NodeJS.Process, 'on'>;
  /** Keeps what is running and closes what is open. */
  readonly close: () => Promise<void>;
  readonly trace: Trace;
}

/**
 * However Foyer is asked to end, by its menu, by Ctrl-C where it was started, or by the system that shuts down:
 * everything is kept and closed first, and a close that hangs does not keep the process.
 */
export function closeOnQuit({ app, signals, close, trace }: QuitOptions): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    trace('quitting');
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    void Promise.race([close(), late])
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        trace('closed');
        // Not from within the event: Electron ignores a second request to end while it is still handling the first.
        setImmediate(() => app.exit(0));
      });
  });
  // Left alone, Electron ends at once when one of these arrives.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) signals.on(signal, () => app.quit());
}
