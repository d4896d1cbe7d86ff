/** Bundles for pages under test, made on the spot: the element, and pages with a React of their choice. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Reads `x.css?inline` and `x.css?raw` as text, as the element's own build does. */
const inlineCss: Plugin = {
  name: 'inline-css',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /\.css\?(?:inline|raw)$/ }, async ({ path, resolveDir, kind }) => {
      const found = await resolve(path.replace(/\?.*$/, ''), { resolveDir, kind });
      return { path: found.path, errors: found.errors, namespace: 'inline-css' };
    });
    onLoad({ filter: /.*/, namespace: 'inline-css' }, async ({ path }) => {
      return { contents: await readFile(path, 'utf8'), loader: 'text' };
    });
  },
};

/** Bundles one entry, relative to this folder, into files that a server can hand out. */
export async function bundle(entry: string, name: string, options: BuildOptions): Promise<Files> {
  const { outputFiles } = await build({
    ...{ entryPoints: { [name]: at(entry) }, outdir: '/', bundle: true, write: false, format: 'esm' },
    ...{ splitting: true, jsx: 'automatic', logLevel: 'error', plugins: [inlineCss] },
    ...{ chunkNames: `${name}-[name]-[hash]`, assetNames: `${name}-[name]-[hash]` },
    ...{ loader: { '.woff2': 'file', '.woff': 'file', '.ttf': 'file' } },
    ...options,
  });
  return (outputFiles ?? []).map(({ path, contents }) => ({ path, body: Buffer.from(contents) }));
}

/** What a bundle consists of; paths begin with a slash. */
export type Files = { path: string; body: Buffer }[];
/** The element for production, from one of its entries. */
export function elementFiles(entry: 'index.ts' | 'standalone.ts', name: string): Promise<Files> {
  return bundle(`../../src-renderer/chatkit-element/${entry}`, name, {
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env': '{}' },
    minify: true,
  });
}
