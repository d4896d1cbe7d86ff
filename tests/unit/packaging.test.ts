/** What a package holds, and what its binary may be talked into. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..');
const config = fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');

it('spells out every fuse, each in its safe position', () => {
  const scheme = z
    .object({
      definitions: z.object({ FuseOptionsV1: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
    })
    .parse(createRequire(import.meta.url)('app-builder-lib/scheme.json'));
  const known = Object.keys(scheme.definitions.FuseOptionsV1.properties).filter(
    // Not a fuse, but how macOS binaries are signed again after the fuses are set.
    (name) => name !== 'resetAdHocDarwinSignature',
  );
  const block = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(config)?.[1] ?? '';
  const fuses = Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, on]) => [name, on]),
  );
  expect(Object.keys(fuses).sort()).toEqual(known.sort());

  const on = Object.keys(fuses).filter((name) => fuses[name] === 'true');
  expect(on.sort()).toEqual([
    'enableCookieEncryption',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
  ]);
});

it('packs exactly the packages that are not bundled', () => {
  const vite = fs.readFileSync(path.join(root, 'electron.vite.config.ts'), 'utf8');
  const list = /const NATIVE = \[([^\]]+)\]/.exec(vite)?.[1] ?? '';
  const external = [...list.matchAll(/'([^']+)'/g)]
    .map((match) => match[1])
    .filter((name) => name !== 'electron');
  const packed = [...config.matchAll(/^ {2}- node_modules\/(.+)\/package\.json$/gm)].map((match) => match[1]);
  expect(external.length).toBeGreaterThan(0);
  expect(packed.sort()).toEqual(external.sort());
  expect(config).toContain("  - '!node_modules/**'\n");
});

it('packs the image codec as its makers built it, with its notices, and nothing else of it', () => {
  const vite = fs.readFileSync(path.join(root, 'electron.vite.config.ts'), 'utf8');
  const list = /const CODEC_FILES[^{]+\{([^}]+)\}/.exec(vite)?.[1] ?? '';
  const packed = [...list.matchAll(/: '([^']+)'/g)].map((match) => match[1]);
  expect(packed.sort()).toEqual(['LICENSE', 'THIRD-PARTY-NOTICES.md', 'vips-node.cjs', 'vips.wasm']);
  expect(config).toContain('  - out/**\n');
  // The codec looks for these beside itself, under these names.
  const codec = fs.readFileSync(path.join(root, 'node_modules', 'wasm-vips', 'lib', 'vips-node.js'), 'utf8');
  expect(codec).toContain('"vips.wasm"');
  expect(codec).toContain('__dirname');
});
