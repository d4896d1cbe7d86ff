/** Sizes of what a browser has to load, read from the built files. */
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * The scripts that a script needs before it can run: itself and all that it imports statically, without what it loads
 * later.
 *
 * @param entries files, relative to `dir`
 * @returns the files, relative to `dir`
 */
export function staticClosure(dir: string, entries: readonly string[]): string[] {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = fs.readFileSync(path.join(dir, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      waiting.push(path.posix.join(path.posix.dirname(file), target));
    }
  }
  return [...found].sort();
}

/** Bytes of files after gzip, each on its own, as a server would send them. */
export function gzipSize(dir: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(dir, file))).length, 0);
}

/** All scripts that the chat page loads before it can be used. */
export function chatPageScripts(dir: string): string[] {
  const html = fs.readFileSync(path.join(dir, 'index.html'), 'utf8');
  const [, entry = ''] = /<script type="module"[^>]* src="\/([^"]+)"/.exec(html) ?? [];
  const parts = ['signed-in', 'chat-page', 'chatkit-element'].map((name) => {
    const file = fs.readdirSync(path.join(dir, 'assets')).find((each) => isChunk(each, name));
    if (file === undefined) throw new Error(`the build has no part "${name}"`);
    return `assets/${file}`;
  });
  return staticClosure(dir, [entry, ...parts]);
}

function isChunk(file: string, name: string): boolean {
  return file.startsWith(`${name}-`) && /^[\w-]{8}\.js$/.test(file.slice(name.length + 1));
}
