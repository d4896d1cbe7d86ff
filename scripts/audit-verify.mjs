/** `npm run audit:verify [-- --data DIR]`: checks the chain of the audit; changes nothing. */
import path from 'node:path';
import { ensureBuilt, ensureInstalled, localNode, root, runForeground } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();
runForeground(localNode, [path.join(root, 'out', 'main', 'audit-verify.cjs'), ...process.argv.slice(2)]);
