/** `npx drizzle-kit generate --config core/storage/drizzle.postgres.config.ts --name <what>` writes the next Postgres migration. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './core/storage/schema.postgres.ts',
  out: './migrations/postgres',
})
