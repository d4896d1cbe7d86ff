import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const serial = { pool: 'forks', maxWorkers: 2 } as const;

export default defineConfig({
  test: {
    ...serial,
    projects: [
      {
        test: {
          name: 'node',
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
          environment: 'happy-dom',
          include: ['src-renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/setup/loopback-only.ts'],
        },
      },
    ],
  },
});
