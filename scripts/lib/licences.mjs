/**
 * Collects what Foyer is made of: the packages it depends on, and those that they depend on, with the texts of their
 * licences as the packages bring them along.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

const TEXT = /^(licen[cs]e|copying|notice|third-party-notices)([.-].*)?$/i;
/** A text that is longer is a list of others' licences, and is kept to this length. */
const MAX_TEXT = 200_000;

/** @returns {{packages: {name: string, version: string, licence: string, texts: number[]}[], texts: string[]}} */
export function collectLicences() {
  const manifest = readJson(path.join(root, 'package.json'));
  const found = new Map();
  const waiting = Object.keys(manifest.dependencies).map((name) => ({ name, from: root }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = folderOf(next.name, next.from);
    // Optional parts for other systems are not installed.
    if (folder === null || found.has(folder)) continue;
    const { name, version, license, licenses, dependencies, optionalDependencies } = readJson(
      path.join(folder, 'package.json'),
    );
    found.set(folder, { name, version, licence: nameOf(license ?? licenses), files: textsOf(folder) });
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      waiting.push({ name: dependency, from: folder });
    }
  }

  const texts = [];
  const numbers = new Map();
  const numberOf = (text) => {
    if (!numbers.has(text)) numbers.set(text, texts.push(text) - 1);
    return numbers.get(text);
  };
  const sorted = [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  const packages = new Map();
  const apache = sorted
    .flatMap(({ files }) => files)
    .find((text) => /^Apache License\s+Version 2\.0/.test(text));
  for (const { name, version, licence, files } of sorted) {
    // Some name this licence and bring no text along. It is the same for everybody, and has to be handed on.
    if (files.length === 0 && licence === 'Apache-2.0' && apache !== undefined) files.push(apache);
    packages.set(`${name} ${version}`, { name, version, licence, texts: [...new Set(files.map(numberOf))] });
  }
  return { packages: [...packages.values()], texts };
}

/** Where Node would find a package from a folder; null when it is not installed. */
function folderOf(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(candidate, 'package.json'))) return fs.realpathSync(candidate);
    if (folder === path.dirname(folder)) return null;
  }
}

function textsOf(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name) && !/\.(c?js|ts|json)$/.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .map((text) => text.slice(0, MAX_TEXT));
}

/** Old packages say it in other ways. */
function nameOf(licence) {
  if (typeof licence === 'string') return licence;
  if (Array.isArray(licence)) return licence.map(nameOf).join(' OR ');
  return typeof licence?.type === 'string' ? licence.type : '?';
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
