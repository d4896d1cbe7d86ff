import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Two cores may have much else to do; what hangs is found all the same. */
const testTimeout = 20_000;
const serial = { pool: 'forks', maxWorkers: 2 } as const;

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
          name: 'dom',
          testTimeout,
          environment: 'happy-dom',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/setup/loopback-only.ts'],
        },
      },
    ],
  },
});
