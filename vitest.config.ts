import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Two cores may have much else to do; what hangs is found all the same. */
const testTimeout = 20_000;
const serial = { pool: 'forks', maxWorkers: 2 } as const;

const ELEMENT = 'src-renderer/chatkit-element/**/*.test.{ts,tsx}';
const dom = { testTimeout, environment: 'happy-dom', setupFiles: ['tests/setup/loopback-only.ts'] };

export default defineConfig({
  test: {
    ...serial,
    projects: [
      {
        test: {
          name: 'node',
          testTimeout,
          environment: 'node',
          include: [
            'src-{server,shared,main}/**/*.test.ts',
            'tests/{unit,integration,conformance,property,fuzz}/**/*.test.ts',
          ],
          setupFiles: ['tests/setup/loopback-only.ts'],
        },
      },
      {
        plugins: [react()],
        test: {
          ...dom,
          name: 'app',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
          exclude: [ELEMENT],
        },
      },
      {
        plugins: [react()],
        test: {
          ...dom,
          name: 'element',
          include: [ELEMENT],
          // Its tests leave nothing behind, and most of their time would go into documents of their own.
          isolate: false,
        },
      },
    ],
  },
});
