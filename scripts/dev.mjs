/**
 * `npm run dev`: the app with hot reload. With a display, Electron with Vite's pages inside, restarted when main or
 * server change; without one, the server restarted on changes, and Vite's pages for a browser.
 */
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { electronBinary, noDisplayReason } from './lib/electron.mjs';
import { ensureBuilt, ensureInstalled, localNode, projectEnv, root, say } from './lib/project.mjs';

ensureInstalled();
ensureBuilt();

const port = await freePort();
const env = projectEnv({ FOYER_PORT: String(port), FOYER_DEV_SERVER: `http://127.0.0.1:${port}/` });
const binary = noDisplayReason() === null ? electronBinary() : null;

if (binary !== null) {
  run('electron-vite/bin/electron-vite.js', ['dev', '--watch'], { ...env, ELECTRON_EXEC_PATH: binary });
} else {
  say('No desktop window here: open the address that Vite prints in your browser.');
  say(
    'The set-up link of the first run works there too: take what stands behind the address, /setup#token=…',
  );
  run(null, ['--watch-path=src-server', '--watch-path=src-shared', 'src-server/headless.ts'], env);
  run('vite/bin/vite.js', ['--config', 'vite.pages.config.ts'], env);
}

/** Starts a tool of the project; when one ends, everything ends. */
function run(tool, args, environment) {
  const entry = tool === null ? [] : [path.join(root, 'node_modules', tool)];
  const child = spawn(localNode, [...entry, ...args], { cwd: root, stdio: 'inherit', env: environment });
  child.on('exit', (code) => process.exit(code ?? 0));
  process.on('exit', () => child.kill());
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
