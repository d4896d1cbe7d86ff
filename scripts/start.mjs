/**
 * `npm start`: installs what is missing, builds what is stale, then opens the desktop window, or serves the same app
 * for a browser where no window can be opened.
 */
import path from 'node:path';
import { downloadElectron, electronBinary, noDisplayReason } from './lib/electron.mjs';
import { ensureBuilt, ensureInstalled, localNode, root, runForeground, say } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();

const noDisplay = noDisplayReason();
const binary = noDisplay === null ? (electronBinary() ?? downloadElectron()) : null;

if (binary !== null) {
  runForeground(binary, [root, ...process.argv.slice(2)]);
} else {
  const reason = noDisplay ?? 'the Electron binary could not be downloaded';
  say(`No desktop window: ${reason}. Serving Foyer for your browser instead.`);
  runForeground(localNode, [path.join(root, 'out', 'main', 'headless.cjs'), ...process.argv.slice(2)]);
}
