import process from 'node:process';
import { Router } from 'express';
import { type About, adminSessionsQuerySchema, type KeychainState } from '../../../src-shared/api/index.ts';
import type { Accounts } from '../../accounts/index.ts';
import type { Storage } from '../../storage/index.ts';
import { ApiError } from '../errors.ts';
import type { CallerGuard } from '../guards/caller.ts';

export interface InstallationRoutesOptions {
  readonly accounts: Pick<Accounts, 'sessionList' | 'sessionOwner' | 'endSessions' | 'sqliteVersion'>;
  readonly storage: Storage;
  readonly keychainState: KeychainState;
  readonly version: string;
  readonly dataDir: string;
  readonly guard: CallerGuard;
}

/** Who is signed in where, what takes space, and what this Foyer is made of. */
export function installationRoutes(options: InstallationRoutesOptions): Router {
  const { accounts, storage, guard } = options;
  const router = Router();

  router.get(
    '/sessions',
    guard.may('people.read', (caller, request, response) => {
      const query = adminSessionsQuerySchema.safeParse(request.query);
      if (!query.success) throw new ApiError('validation', '(person, after, limit)');
      response.json(accounts.sessionList(query.data, caller.sessionId));
    }),
  );

  router.delete(
    '/sessions/:id',
    guard.may('people.sign-out', (caller, request, response) => {
      const one = String(request.params.id);
      const owner = accounts.sessionOwner(one);
      if (owner === null || !accounts.endSessions(caller, owner, { one })) throw new ApiError('not_found');
      response.status(204).end();
    }),
  );

  router.get(
    '/storage',
    guard.may('storage.read', (_caller, _request, response) => void response.json(storage.state())),
  );

  router.post(
    '/storage/measurement',
    guard.may('storage.check', (_caller, _request, response) => {
      storage.measure();
      response.status(202).json(storage.state());
    }),
  );

  router.post(
    '/storage/integrity',
    guard.may('storage.check', (_caller, _request, response) => {
      storage.check();
      response.status(202).json(storage.state());
    }),
  );

  router.delete(
    '/storage/integrity',
    guard.may('storage.check', async (_caller, _request, response) => {
      await storage.cancelCheck();
      response.json(storage.state());
    }),
  );

  router.get(
    '/about',
    guard.may('about.read', (_caller, _request, response) => {
      const about: About = {
        version: options.version,
        data_dir: options.dataDir,
        keychain: options.keychainState,
        runtime: runtime(accounts.sqliteVersion()),
      };
      response.json(about);
    }),
  );

  return router;
}

function runtime(sqlite: string): About['runtime'] {
  const { electron, chrome, node, v8, openssl } = process.versions;
  const parts = {
    Electron: electron,
    Chromium: chrome,
    'Node.js': node,
    V8: v8,
    SQLite: sqlite,
    OpenSSL: openssl,
  };
  return [
    ...Object.entries(parts).flatMap(([name, version]) => (version === undefined ? [] : [{ name, version }])),
    { name: 'System', version: `${process.platform} ${process.arch}` },
  ];
}
