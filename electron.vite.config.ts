import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import pages from './vite.pages.config.ts';

const root = import.meta.dirname;
const at = (...parts: string[]) => path.join(root, ...parts);

/** Packages that cannot be bundled: they bring native code, or come with Electron. */
const NATIVE = ['electron', 'better-sqlite3', 'keytar', '@node-rs/argon2'];

/**
 * The image codec, as its makers built it, beside the thread that loads it: it starts threads of its own from its own
 * file. `.cjs`, because everything below a package of modules is otherwise one.
 */
const CODEC_FILES: Readonly<Record<string, string>> = {
  'vips-node.js': 'vips-node.cjs',
  'vips.wasm': 'vips.wasm',
  LICENSE: 'LICENSE',
  'THIRD-PARTY-NOTICES.md': 'THIRD-PARTY-NOTICES.md',
};

function imageCodec() {
  return {
    name: 'image-codec',
    generateBundle(this: {
      emitFile(file: { type: 'asset'; fileName: string; source: Uint8Array }): unknown;
    }) {
      for (const [from, to] of Object.entries(CODEC_FILES)) {
        const folder = /\.(?:js|wasm)$/.test(from) ? ['lib', from] : [from];
        const source = fs.readFileSync(at('node_modules', 'wasm-vips', ...folder));
        this.emitFile({ type: 'asset', fileName: `vips/${to}`, source });
      }
    },
  };
}

export default defineConfig({
  main: {
    plugins: [imageCodec()],
    build: {
      outDir: 'out/main',
      emptyOutDir: true,
      target: 'node18',
      // Everything else is bundled: one file starts faster than hundreds, and the package stays small.
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: at('src-main/index.ts'),
          headless: at('src-server/headless.ts'),
          'pdf-worker': at('src-server/attachments/pdf/pdf-worker.ts'),
          'image-worker': at('src-server/attachments/images/image-worker.ts'),
          'audit-worker': at('src-server/accounts/audit/verify-worker.ts'),
          'audit-verify': at('src-server/audit-verify.ts'),
          'storage-worker': at('src-server/storage/storage-worker.ts'),
          'search-worker': at('src-server/history/search/search-worker.ts'),
        },
        external: [...NATIVE, /^node:/],
        // unpdf asks for its own place only to draw pages, which is not done here.
        onwarn: (warning, warn) => {
          if (warning.code !== 'EMPTY_IMPORT_META') warn(warning);
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // V8 keeps the source text in memory. Names stay, for readable stack traces.
          minify: { mangle: false, compress: true, codegen: true },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      emptyOutDir: true,
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src-main/preload/index.ts') },
        external: ['electron'],
        // A sandboxed preload has to be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: pages,
});
