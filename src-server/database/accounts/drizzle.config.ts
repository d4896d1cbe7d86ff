import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: 'src-server/database/accounts/schema.ts',
  out: 'src-server/database/accounts/migrations',
});
