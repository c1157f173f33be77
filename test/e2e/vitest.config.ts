/** The browser walk: one file at a time, long waits, nothing in parallel. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/e2e/**/*.e2e.ts'], testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false },
})
