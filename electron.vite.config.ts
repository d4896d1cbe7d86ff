import path from 'node:path';
import { defineConfig } from 'electron-vite';
import pages from './vite.pages.config.ts';

const root = import.meta.dirname;
const at = (...parts: string[]) => path.join(root, ...parts);

/** Packages that cannot be bundled: they bring native code, or come with Electron. */
const NATIVE = ['electron', 'better-sqlite3', 'keytar', '@node-rs/argon2'];

export default defineConfig({
  main: {
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
          'pdf-worker': at('src-server/attachments/pdf-worker.ts'),
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
