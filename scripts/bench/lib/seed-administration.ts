/** An installation with many people, a long audit and a year of usage, written as Foyer would have written it. */
import { type KeyObject, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { chainKey, headText, rowHash, sealHead } from '../../../src-server/accounts/audit/chain.ts';
import { HEAD_NAME } from '../../../src-server/accounts/audit/writer.ts';
import { openAccountsDatabase } from '../../../src-server/accounts/database.ts';
import { loadInstallKey } from '../../../src-server/accounts/install-key.ts';
import { openInstallation } from '../../../src-server/accounts/installation.ts';
import { openKeychain } from '../../../src-server/keychain/index.ts';

export interface AdministrationSeed {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly people: number;
  readonly auditRows: number;
  /** Days of usage, for each person and each of so many models. */
  readonly usage: { readonly days: number; readonly models: number };
  readonly sessions: number;
  /** The last moment of it. */
  readonly now: Date;
}

/** How often each action happens, as in an ordinary month. */
const ACTIONS = [
  ...Array<string>(60).fill('session.started'),
  ...Array<string>(28).fill('session.ended'),
  ...Array<string>(6).fill('session.refused'),
  'user.created',
  'user.password_changed',
  'user.password_reset',
  'policy.changed',
  'connection.changed',
  'settings.changed',
];

const PLACES = ['Foyer on Linux', 'Firefox on Windows', 'Chrome on macOS', 'Safari on iOS', null];

export function personId(person: number): string {
  return `usr_${String(person).padStart(30, '0')}`;
}

export function personEmail(person: number): string {
  return `person${String(person).padStart(3, '0')}@example.org`;
}

/** Adds to an installation that was started once with `FOYER_KEYCHAIN=file` and is stopped. */
export async function seedAdministration(seed: AdministrationSeed): Promise<void> {
  const database = openAccountsDatabase(seed.dataDir, seed.migrationsDir);
  const client = database.$client;
  client.pragma('synchronous = OFF');
  const installation = openInstallation(database);
  const keychain = openKeychain({ kind: 'file', dataDir: seed.dataDir });
  const key = chainKey(await loadInstallKey(keychain, installation));
  if (key === null) throw new Error('the seed needs the install key');
  client.transaction(() => {
    fillPeople(seed, client);
    fillUsage(seed, client);
  })();
  const head = client.transaction(() => fillAudit(seed, client, key))();
  installation.write(HEAD_NAME, sealHead(key, head));
  await keychain.set(`audit-head:${installation.id}`, headText(head));
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
}

type Client = ReturnType<typeof openAccountsDatabase>['$client'];

function fillPeople({ people, sessions, now, dataDir }: AdministrationSeed, client: Client): void {
  const person = client.prepare(
    `INSERT INTO users (id, email, password_hash, role, created_at, updated_at) VALUES (?, ?, 'none', 'user', ?, ?)`,
  );
  const session = client.prepare(
    `INSERT INTO sessions (id, user_id, secret_hash, created_at, last_used_at, expires_at, place)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (let index = 0; index < people; index += 1) {
    const at = new Date(now.getTime() - index * 3_600_000).toISOString();
    person.run(personId(index), personEmail(index), at, at);
    const files = path.join(dataDir, 'people', personId(index), 'files');
    fs.mkdirSync(files, { recursive: true });
    fs.writeFileSync(path.join(files, '..', 'history.db'), Buffer.alloc(4_096 * (1 + (index % 50))));
  }
  for (let index = 0; index < sessions; index += 1) {
    const at = now.getTime() - index * 61_000;
    const id = `ses_${String(index).padStart(30, '0')}`;
    const place = PLACES[index % PLACES.length];
    session.run(id, personId(index % people), randomBytes(32), at - 600_000, at, at + 86_400_000, place);
  }
}

function fillUsage({ people, usage, now }: AdministrationSeed, client: Client): void {
  const insert = client.prepare("INSERT INTO usage_days VALUES (?, ?, 'default', ?, ?, ?, ?, ?, ?, 0, 0)");
  for (let day = 0; day < usage.days; day += 1) {
    const date = new Date(now.getTime() - day * 86_400_000).toISOString().slice(0, 10);
    for (let person = 0; person < people; person += 1) {
      for (let model = 0; model < usage.models; model += 1) {
        const calls = 1 + ((person + model + day) % 9);
        const amount = calls * (400 + 37 * model);
        insert.run(
          personId(person),
          date,
          `model-${model}`,
          calls,
          calls * 900,
          calls * 200,
          calls * 300,
          amount,
        );
      }
    }
  }
}

function fillAudit({ people, auditRows, now }: AdministrationSeed, client: Client, key: KeyObject) {
  const insert = client.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)');
  const last = client
    .prepare<[], { sequence: number; hash: Buffer }>(
      'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1',
    )
    .get();
  let head = { sequence: last?.sequence ?? 0, hash: last?.hash ?? null };
  const began = now.getTime() - auditRows * 30_000;
  for (let index = 0; index < auditRows; index += 1) {
    const action = ACTIONS[(index * 7) % ACTIONS.length] ?? '';
    const who = personId((index * 13) % people);
    const row = {
      sequence: head.sequence + 1,
      at: new Date(began + index * 30_000).toISOString(),
      actorId: action === 'session.refused' ? null : who,
      action,
      subjectId: action.startsWith('session') ? who : personId((index * 31) % people),
    };
    const hash = rowHash(key, 'written', row, head.hash);
    insert.run(row.sequence, row.at, row.actorId, row.action, row.subjectId, hash);
    head = { sequence: row.sequence, hash };
  }
  if (head.hash === null) throw new Error('there is no row');
  return { sequence: head.sequence, hash: head.hash };
}
