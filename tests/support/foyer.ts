/** The whole server inside the test's process, on a data folder of its own. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RunningServer, startServer } from '../../src-server/index.ts';
import { ADMINISTRATOR } from './headless.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface TestFoyer extends RunningServer {
  readonly dataDir: string;
  /** What the server logged. */
  readonly logged: string[];
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

export interface TestFoyerOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Creates {@link ADMINISTRATOR}. Default true. */
  readonly provision?: boolean;
}

export async function startFoyer(options: TestFoyerOptions = {}): Promise<TestFoyer> {
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-test-'));
  const rendererDir = path.join(dataDir, '..', `${path.basename(dataDir)}-pages`);
  fs.mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  fs.writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>Foyer</title>');
  const logged: string[] = [];
  const server = await startServer({
    dataDir,
    rendererDir,
    migrationsDir: path.join(root, 'src-server', 'database'),
    pdfWorker: path.join(root, 'src-server', 'attachments', 'pdf', 'pdf-worker.ts'),
    imageWorker: path.join(root, 'src-server', 'attachments', 'images', 'image-worker.ts'),
    auditWorker: path.join(root, 'src-server', 'accounts', 'audit', 'verify-worker.ts'),
    storageWorker: path.join(root, 'src-server', 'storage', 'storage-worker.ts'),
    searchWorker: path.join(root, 'src-server', 'history', 'search', 'search-worker.ts'),
    imageCodec: path.join(root, 'node_modules', 'wasm-vips', 'lib', 'vips-node.js'),
    port: 0,
    env: {
      FOYER_KEYCHAIN: 'file',
      ...(options.provision === false
        ? {}
        : { ADMIN_EMAIL: ADMINISTRATOR.email, ADMIN_PASSWORD: ADMINISTRATOR.password }),
      ...options.env,
    },
    version: '0.0.0-test',
    log: (line) => logged.push(line),
  });
  return Object.assign(Object.create(server) as RunningServer, {
    dataDir,
    logged,
    remove: async () => {
      await server.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
      fs.rmSync(rendererDir, { recursive: true, force: true });
    },
  });
}
