/** The arrows of the house: which folder may import which. See CONTRIBUTING.md. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');

/** For each room, the rooms that it may import besides itself. `src-shared` is open to all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src-shared': [],
  'src-server/context': [],
  'src-server/heap': [],
  'src-server/remembering': [],
  'src-server/outgoing': ['src-server/remembering'],
  'src-server/csv': [],
  'src-server/jobs': [],
  'src-server/database': [],
  'src-server/keychain': ['src-server/settings/write-file'],
  'src-server/settings': [
    'src-server/keychain',
    'src-server/agents/connection',
    'src-server/outgoing/origin',
  ],
  'src-server/accounts': [
    'src-server/csv',
    'src-server/database',
    'src-server/jobs/progress',
    'src-server/keychain',
    'src-server/context',
  ],
  'src-server/storage': ['src-server/database', 'src-server/jobs'],
  'src-server/chatkit': ['src-server/context'],
  'src-server/history': [
    'src-server/database',
    'src-server/chatkit',
    'src-server/context',
    'src-server/jobs/thread',
  ],
  'src-server/attachments': ['src-server/database', 'src-server/chatkit', 'src-server/context'],
  'src-server/agents': ['src-server/chatkit', 'src-server/context', 'src-server/outgoing/origin'],
  'src-server/budgets': ['src-server/accounts/database', 'src-server/csv', 'src-server/database'],
  'src-server/policies': [
    'src-server/accounts/database',
    'src-server/agents',
    'src-server/budgets',
    'src-server/connections',
    'src-server/context',
    'src-server/database',
  ],
  'src-server/connections': [
    'src-server/accounts/database',
    'src-server/agents/connection',
    'src-server/database',
    'src-server/keychain',
    'src-server/outgoing/origin',
  ],
  'src-server/http': [
    'src-server/accounts',
    'src-server/agents',
    'src-server/attachments',
    'src-server/budgets',
    'src-server/chatkit',
    'src-server/connections',
    'src-server/context',
    'src-server/history',
    'src-server/policies',
    'src-server/remembering',
    'src-server/settings',
    'src-server/storage',
  ],
  'src-server/chatkit-server': ['src-server/chatkit', 'src-server/agents', 'src-server/http'],
  'src-server/guest-histories': ['src-server/accounts', 'src-server/history'],
  'src-server/keychain-state': ['src-server/accounts', 'src-server/keychain'],
  'src-server/listening': [],
  'src-server/index': ['src-server'],
  'src-server/audit-verify': [
    'src-server/accounts',
    'src-server/database',
    'src-server/keychain',
    'src-server/settings',
  ],
  'src-server/headless': ['src-server/index', 'src-server/settings'],
  'src-main': ['src-server/index'],
  'src-renderer/chatkit-element': [],
  'src-renderer/app': ['src-renderer/chatkit-element'],
};

/** Packages that only some rooms may know. */
const PACKAGES: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^electron(\/|$)/, rooms: ['src-main'] },
  { name: /^(express|helmet|@fastify\/busboy)$/, rooms: ['src-server/http'] },
  { name: /^client-zip$/, rooms: ['src-server/history'] },
  { name: /^unpdf$/, rooms: ['src-server/attachments'] },
  { name: /^ipaddr\.js$/, rooms: ['src-server/outgoing', 'src-server/settings', 'src-server/http'] },
  { name: /^wasm-vips$/, rooms: ['src-server/attachments'] },
  { name: /^@huggingface\/jinja$/, rooms: ['src-server/chatkit'] },
  {
    name: /^(better-sqlite3|drizzle-orm)(\/|$)/,
    rooms: [
      'src-server/database',
      'src-server/storage',
      'src-server/history',
      'src-server/accounts',
      'src-server/budgets',
      'src-server/policies',
      'src-server/connections',
    ],
  },
  { name: /^(openai|@openai\/agents.*)$/, rooms: ['src-server/agents'] },
  { name: /^keytar$/, rooms: ['src-server/keychain'] },
  { name: /^node:/, rooms: ['src-server', 'src-main'] },
  { name: /^react/, rooms: ['src-renderer'] },
];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|config)\.tsx?$|\/testing\//.test(name));
}

function roomOf(file: string): string {
  const rooms = Object.keys(ALLOWED).filter((room) => file === `${room}.ts` || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? `${file} is in no known room`;
}

const files = ['src-shared', 'src-server', 'src-main', 'src-renderer'].flatMap(sourceFiles);

const imports: Import[] = files.flatMap((file) => {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g)].map(
    (match) => match[1]!,
  );
  return specifiers.map((specifier) => ({
    file,
    room: roomOf(file),
    target: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
  }));
});

const isInside = (target: string, room: string) =>
  target === room || target.startsWith(`${room}/`) || target.startsWith(`${room}.`);

describe('the arrows of the house', () => {
  it('knows the room of every file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.map(roomOf).filter((room) => room.includes('no known room'))).toEqual([]);
  });

  it('lets rooms import only what stands below them', () => {
    const wrong = imports.filter(
      ({ room, target }) =>
        target.startsWith('src-') &&
        !isInside(target, 'src-shared') &&
        !isInside(target, room) &&
        !(ALLOWED[room] ?? []).some((allowed) => isInside(target, allowed)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps packages to the rooms that wrap them', () => {
    const wrong = imports.filter(({ room, target }) =>
      PACKAGES.some(
        ({ name, rooms }) => name.test(target) && !rooms.some((allowed) => isInside(room, allowed)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('opens external links in one place only', () => {
    const places = files.filter((file) =>
      /shell\.openExternal/.test(fs.readFileSync(path.join(root, file), 'utf8')),
    );
    expect(places.length).toBeLessThanOrEqual(1);
  });

  it('keeps files small enough to read at a sitting', () => {
    const long = files.filter(
      (file) => fs.readFileSync(path.join(root, file), 'utf8').split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });
});
