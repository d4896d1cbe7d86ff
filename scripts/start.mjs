/**
 * `npm start`: installs what is missing, builds what is stale, then opens the desktop window, or serves the same app
 * for a browser where no window can be opened.
 */
import { downloadElectron, electronBinary, noDisplayReason } from './lib/electron.mjs';
import { runHeadless } from './lib/headless.mjs';
import { ensureBuilt, ensureInstalled, root, runForeground, say } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();

const noDisplay = noDisplayReason();
const binary = noDisplay === null ? (electronBinary() ?? downloadElectron()) : null;

if (binary !== null) {
  runForeground(binary, [root, ...process.argv.slice(2)]);
} else {
  const reason = noDisplay ?? 'the Electron binary could not be downloaded';
  say(`No desktop window: ${reason}. Serving Foyer for your browser instead.`);
  runHeadless(process.argv.slice(2));
}
