/** Where systems have a Chromium. Runs on Node 20 with nothing installed. */
import fs from 'node:fs';

const WITHOUT_WINDOW = ['/usr/bin/chromium-headless-shell'];
const WITH_WINDOW = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A Chromium of the system, or undefined where there is none: Playwright then has its own.
 *
 * @param kind `quick`: one without a window, which opens a page in a quarter of the time, where there is such a one.
 *   `usual`: the one that people have, which draws letters a little differently.
 */
export function systemBrowser(kind) {
  const files = kind === 'quick' ? [...WITHOUT_WINDOW, ...WITH_WINDOW] : [...WITH_WINDOW, ...WITHOUT_WINDOW];
  return files.find((file) => fs.existsSync(file));
}
