import os from 'node:os';
import path from 'node:path';

/**
 * The data folder where nobody chose one: the same that the desktop app uses, so that `npm start` with and without a
 * display shows the same people and threads.
 */
export function defaultDataDir(env: Readonly<Record<string, string | undefined>>): string {
  const home = os.homedir();
  const base =
    process.platform === 'darwin'
      ? path.join(home, 'Library', 'Application Support')
      : process.platform === 'win32'
        ? (env.APPDATA ?? path.join(home, 'AppData', 'Roaming'))
        : env.XDG_CONFIG_HOME || path.join(home, '.config');
  return path.join(base, 'Foyer', 'data');
}
