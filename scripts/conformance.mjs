/** `npm run conformance [-- FILE.jsonl …]`: runs recorded cases against the ChatKit server; without a file, our own. */
import path from 'node:path';
import { ensureInstalled, localNode, root, runForeground } from './lib/project.mjs';

ensureInstalled();
const files = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file));
runForeground(localNode, [path.join(root, 'tests', 'conformance', 'main.ts'), ...files]);
