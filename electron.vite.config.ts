import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

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
        input: { index: at('src-main/index.ts'), headless: at('src-server/headless.ts') },
        external: [...NATIVE, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
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
  renderer: {
    root: 'src-renderer',
    plugins: [react(), absoluteBase()],
    server: {
      host: '127.0.0.1',
      // The pages ask their own origin; in development that is Vite, which passes it on to Foyer.
      proxy: devProxy(process.env.FOYER_DEV_SERVER),
    },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome114',
      minify: true,
      rollupOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
});

/** electron-vite makes addresses relative, for file:// pages. Ours come from a server, and from paths like /admin/x. */
function absoluteBase(): Plugin {
  return {
    name: 'absolute-base',
    enforce: 'post',
    config: (config) => {
      config.base = '/';
    },
  };
}

function devProxy(server: string | undefined) {
  if (server === undefined) return {};
  const { origin } = new URL(server);
  return { '^/(api|chatkit\\.js)': { target: origin, changeOrigin: true, headers: { origin } } };
}
