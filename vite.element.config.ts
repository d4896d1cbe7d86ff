/**
 * Builds the element on its own, for pages that are not Foyer's: `/chatkit.js`, and its parts under `/assets/`. The
 * script itself holds nothing, so that a page may ask for it as `/chatkit.js?v=2` without loading the rest twice. No
 * library mode: that would put every font into the script.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { zodWithoutEval } from './vite.zod.ts';

const root = import.meta.dirname;
const element = path.join(root, 'src-renderer', 'chatkit-element');

export default defineConfig({
  root,
  plugins: [react()],
  resolve: { alias: [zodWithoutEval] },
  publicDir: false,
  // Parts and fonts are found beside the script, wherever it is served.
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: false,
    target: 'chrome114',
    minify: true,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // Grammars, formulas and diagrams are large, and load only where they are used.
    chunkSizeWarningLimit: 1_000,
    rollupOptions: {
      input: { chatkit: path.join(element, 'standalone.ts'), element: path.join(element, 'index.ts') },
      output: {
        format: 'es',
        entryFileNames: ({ name }) => (name === 'chatkit' ? 'chatkit.js' : 'assets/ck-[name]-[hash].js'),
        chunkFileNames: 'assets/ck-[name]-[hash].js',
        assetFileNames: 'assets/ck-[name]-[hash][extname]',
      },
    },
  },
});
