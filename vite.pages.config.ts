/** The pages: built into out/renderer, and served with hot reload in development. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { zodWithoutEval } from './vite.zod.ts';

const root = import.meta.dirname;

export default defineConfig({
  root: path.join(root, 'src-renderer'),
  plugins: [react(), absoluteBase()],
  resolve: { alias: [zodWithoutEval] },
  server: {
    host: '127.0.0.1',
    // The pages ask their own origin; in development that is Vite, which passes it on to Foyer.
    proxy: devProxy(process.env.FOYER_DEV_SERVER),
  },
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    minify: true,
    // Fonts must come from the server: the policy of the pages allows no others.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    // Grammars, formulas and diagrams are large, and load only where they are used.
    chunkSizeWarningLimit: 1_000,
    rollupOptions: { input: { index: path.join(root, 'src-renderer', 'index.html') } },
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
  return {
    '^/(api|chatkit\\.js|chatkit-diagram\\.html)': {
      target: origin,
      changeOrigin: true,
      headers: { origin },
    },
  };
}
