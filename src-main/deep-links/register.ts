/** How `foyer:` links reach Foyer, on each system. */
import type { App } from 'electron';
import { linkIn } from './parse.ts';

export interface LinkSources {
  readonly app: Pick<App, 'on' | 'setAsDefaultProtocolClient' | 'isPackaged'>;
  /** The arguments that this Foyer was started with. */
  readonly argv: readonly string[];
  readonly execPath: string;
  readonly platform: NodeJS.Platform;
  readonly receive: (link: string) => void;
}

/**
 * Registers Foyer for its links, if it is installed, and listens for them. Call before Electron is ready: macOS hands a
 * link over while it starts Foyer.
 */
export function listenForLinks({ app, argv, execPath, platform, receive }: LinkSources): void {
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const link = linkIn([url]);
    if (link !== null) receive(link);
  });
  app.on('second-instance', (_event, args) => {
    const link = linkIn(args);
    if (link !== null) receive(link);
  });
  const link = linkIn([...argv]);
  if (link !== null) receive(link);
  // A checkout that is tried out must not take the links of the Foyer that is installed.
  if (!app.isPackaged) return;
  // On Windows the link stands behind `--`, where Chromium reads no switches.
  if (platform === 'win32') app.setAsDefaultProtocolClient('foyer', execPath, ['--']);
  else app.setAsDefaultProtocolClient('foyer');
}
