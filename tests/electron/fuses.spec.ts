/**
 * The fuses of a packaged Foyer, read back: what electron-builder.yml asks for is burnt into a copy of the Electron
 * binary in the way in which electron-builder does it, and every fuse that the binary has stands where it should.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { electronBinary } from '../../scripts/lib/electron.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** As the wire of a binary has them. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** Numbers of fuses as text, with a boolean for those that are set, or what stands in a wire; and the version. */
const wireSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.undefined()]));
const fusesSchema = z.object({
  FuseV1Options: z.record(z.string(), z.union([z.number(), z.string()])),
  getCurrentFuseWire: z.custom<(file: string) => Promise<unknown>>((value) => typeof value === 'function'),
  flipFuses: z.custom<(file: string, config: object) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
});
const packagerSchema = z.object({
  PlatformPackager: z.custom<{
    readonly prototype: { generateFuseConfig(fuses: object): Promise<object> };
  }>((value) => typeof value === 'function' && 'generateFuseConfig' in value.prototype),
});

/** The very package that electron-builder sets fuses with. */
const fuses = fusesSchema.parse(
  createRequire(require.resolve('app-builder-lib/package.json'))('@electron/fuses'),
);
const { PlatformPackager } = packagerSchema.parse(require('app-builder-lib'));

/** What electron-builder.yml asks for, by the names of electron-builder. */
function wanted(): Map<string, boolean> {
  const config = fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  const block = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(config)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name = '', on]) => [name, on === 'true']),
  );
}

/** What a fuse is called there, by its number in the wire. */
function nameOf(index: number): string {
  const name = String(fuses.FuseV1Options[index] ?? `a fuse that nobody here knows (${index})`);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Where each fuse of a binary stands, in the order of the wire. */
async function wireOf(file: string): Promise<{ name: string; state: unknown }[]> {
  const { version, ...wire } = wireSchema.parse(await fuses.getCurrentFuseWire(file));
  expect(version).toBe('1');
  return Object.keys(wire)
    .map(Number)
    .sort((a, b) => a - b)
    .map((index) => ({ name: nameOf(index), state: wire[index] }));
}

/** The file that holds the wire. */
function wireFile(binary: string): string {
  const framework = ['Frameworks', 'Electron Framework.framework', 'Electron Framework'];
  return process.platform === 'darwin' ? path.resolve(binary, '..', '..', ...framework) : binary;
}

/** The program as a Node that works something out; what it printed. */
function asNode(program: string): string {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = spawnSync(program, ['-p', '6 * 7'], { env, encoding: 'utf8', timeout: 15_000 });
  return stdout.trim();
}

let folder: string;
test.beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foyer-fuses-'));
});
test.afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('stand in the binary as electron-builder.yml asks, none left out, and Electron is no Node any more', async () => {
  const binary = electronBinary();
  if (binary === null) console.error('skipped: no Electron binary, so no fuse could be set and read back');
  test.skip(binary === null, 'no Electron binary');
  if (binary === null) return;

  const copy = path.join(folder, path.basename(wireFile(binary)));
  fs.copyFileSync(wireFile(binary), copy);
  fs.chmodSync(copy, 0o755);
  const asked = wanted();
  const before = await wireOf(copy);
  expect(before.length).toBeGreaterThanOrEqual(7);
  expect(
    before.filter(({ name }) => !asked.has(name)),
    'every fuse of this binary is named in electron-builder.yml',
  ).toEqual([]);
  const isShipped = (name: string) => before.some((fuse) => fuse.name === name);
  const missing = [...asked.keys()].filter((name) => !isShipped(name));
  // An Electron that is older than the one that people get has a shorter wire; electron-builder would refuse it.
  if (missing.length > 0) console.error(`this Electron has no fuse for: ${missing.join(', ')}`);
  const isCurrent = binary.startsWith(path.join(root, 'node_modules', 'electron'));
  if (isCurrent) expect(missing).toEqual([]);

  const { prototype } = PlatformPackager;
  const setting = Object.fromEntries([...asked].filter(([name]) => isShipped(name)));
  const config = await prototype.generateFuseConfig.call({}, setting);
  await fuses.flipFuses(copy, { ...config, strictlyRequireAllFuses: missing.length === 0 });

  const after = await wireOf(copy);
  expect(after).toEqual(before.map(({ name }) => ({ name, state: asked.get(name) === true ? ON : OFF })));
  expect(after, 'else setting them would show nothing').not.toEqual(before);

  if (process.platform !== 'linux') return;
  for (const name of fs.readdirSync(path.dirname(binary))) {
    if (name === path.basename(binary) || name === 'resources') continue;
    fs.symlinkSync(path.join(path.dirname(binary), name), path.join(folder, name));
  }
  expect(asNode(binary)).toBe('42');
  expect(asNode(copy)).not.toBe('42');
});
