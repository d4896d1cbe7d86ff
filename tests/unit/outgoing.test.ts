/**
 * Nothing but `src-server/outgoing` opens connections: what is not asked for there is not checked. A guard against the
 * next `fetch(url)` that somebody writes without thinking of it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Every way in which Node connects, as it would be written. */
const WAYS: readonly RegExp[] = [
  // The global one, called or handed on. `options.fetch(` and `fetch: options.fetch` are somebody else's to check.
  /(?<![.\w])fetch\(/,
  /(?:\?\?|\|\||[:=(,]) *(?:globalThis\.)?fetch\b(?! *[:?(])/,
  /globalThis\.fetch\b(?=[^;\n]*\()/,
  /\bhttps?\d?\.(?:request|get|connect)\(/,
  /\b(?:net|tls)\.(?:connect|createConnection|Socket)\b/,
  /from 'node:(?:https|http2|tls|dgram|dns)(?:\/promises)?'/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/,
  /from '(?:undici|axios|got|node-fetch|ws)'/,
];

/** The text without comments, in which such words stand for what they mean. */
const codeOf = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

const filesIn = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(name));

it.each([
  'await fetch(url)',
  'const get = options.fetch ?? fetch;',
  'run({ fetch: globalThis.fetch })',
  'call(fetch, 1)',
  'https.request(url)',
  'net.connect(80, host)',
  "import dns from 'node:dns/promises'",
  'new WebSocket(address)',
])('would notice %s', (code) => {
  expect(WAYS.some((way) => way.test(code))).toBe(true);
});

it('opens connections in one room only', () => {
  const files = [...filesIn('src-server'), ...filesIn('src-main')];
  expect(files.length).toBeGreaterThan(200);
  const wild = files
    .filter((file) => !file.startsWith('src-server/outgoing/'))
    .flatMap((file) => {
      const code = codeOf(fs.readFileSync(path.join(root, file), 'utf8'));
      return WAYS.flatMap((way) => {
        const found = way.exec(code);
        return found === null ? [] : [`${file}: ${found[0]}`];
      });
    });
  expect(wild).toEqual([]);
});
