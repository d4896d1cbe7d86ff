/** `npm run serve`: the same server without Electron, for a browser on this machine or behind a reverse proxy. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { sizeHeapByLoad, startServer } from './index.ts';
import { defaultDataDir } from './settings/paths.ts';
import { type EnvLayer, readEnvFile } from './settings/settings.ts';

/** Where a browser finds Foyer when nobody chose a port. */
const PREFERRED_PORT = 8787;

const portSchema = z.coerce.number().int().min(0).max(65_535);

interface Command {
  readonly port?: number;
  readonly dataDir: string;
}

/** Reads the command line; the data folder has to be known before its settings can be. @throws {Error} for people */
function readCommand(argv: readonly string[], env: EnvLayer): Command {
  const { values } = parseArgs({
    args: [...argv],
    options: { port: { type: 'string' }, data: { type: 'string' } },
  });
  const port = portSchema.optional().safeParse(values.port);
  if (!port.success) throw new Error(`--port ${values.port}: a port is a number from 0 to 65535.`);
  return {
    ...(port.data === undefined ? {} : { port: port.data }),
    dataDir: path.resolve(values.data ?? (env.FOYER_DATA || defaultDataDir(env))),
  };
}

async function main(): Promise<void> {
  const runningChanged = sizeHeapByLoad();
  const root = process.cwd();
  const envFile = path.join(root, '.env');
  const command = readCommand(process.argv.slice(2), { ...readEnvFile(envFile), ...process.env });
  const server = await startServer({
    ...command,
    runningChanged,
    preferredPort: PREFERRED_PORT,
    rendererDir: path.join(root, 'out', 'renderer'),
    migrationsDir: path.join(root, 'out', 'database'),
    pdfWorker: path.join(root, 'out', 'main', 'pdf-worker.cjs'),
    imageWorker: path.join(root, 'out', 'main', 'image-worker.cjs'),
    auditWorker: path.join(root, 'out', 'main', 'audit-worker.cjs'),
    storageWorker: path.join(root, 'out', 'main', 'storage-worker.cjs'),
    searchWorker: path.join(root, 'out', 'main', 'search-worker.cjs'),
    imageCodec: path.join(root, 'out', 'main', 'vips', 'vips-node.cjs'),
    env: process.env,
    envFile,
    version: readVersion(root),
    log: (line) => console.error(line),
  });

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  // For good: libraries that find nobody listening to a signal any more end the process themselves, in the middle.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  if (server.keychain.hint !== undefined) {
    console.log(`Keys and sessions are kept in memory only, until Foyer stops. ${server.keychain.hint}`);
  }
  console.log(`Foyer is ready at ${server.url}`);
  if (server.setupToken !== null) {
    console.log(`Create the administrator, once, at ${server.url}setup#token=${server.setupToken}`);
  }
  server.warmUp();
}

function readVersion(root: string): string {
  const manifest = z.object({ version: z.string() });
  return manifest.parse(JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))).version;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
