/** How the tests run: Node only, one process per file, nothing global. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for a disk or another process: every core has something to do.
    maxWorkers: '100%',
  },
})
