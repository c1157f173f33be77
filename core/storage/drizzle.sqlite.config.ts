/** `npx drizzle-kit generate --config core/storage/drizzle.sqlite.config.ts --name <what>` writes the next SQLite migration. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './core/storage/schema.sqlite.ts',
  out: './migrations/sqlite',
})
