/** Builds the element on its own: `/chatkit.js`, for pages that are not Foyer's. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  plugins: [react()],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: false,
    target: 'chrome114',
    minify: true,
    lib: {
      entry: path.join(root, 'src-renderer', 'chatkit-element', 'standalone.ts'),
      formats: ['es'],
      fileName: () => 'chatkit.js',
    },
    rollupOptions: { output: { chunkFileNames: 'assets/chatkit-[name]-[hash].js' } },
  },
});
