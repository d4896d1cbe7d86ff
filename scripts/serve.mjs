/** `npm run serve -- --port P --data DIR`: the headless server. */
import path from 'node:path';
import { ensureBuilt, ensureInstalled, localNode, root, runForeground } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();
runForeground(localNode, [path.join(root, 'out', 'main', 'headless.cjs'), ...process.argv.slice(2)]);
