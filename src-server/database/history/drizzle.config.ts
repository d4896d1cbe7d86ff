import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: 'src-server/database/history/schema.ts',
  out: 'src-server/database/history/migrations',
});
