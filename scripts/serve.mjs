/** `npm run serve -- --port P --data DIR`: the headless server. */
import { runHeadless } from './lib/headless.mjs';
import { ensureBuilt, ensureInstalled } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();
runHeadless(process.argv.slice(2));
