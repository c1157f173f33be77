/** How the tests run: on Node, files beside each other on every core, one after the other in the same process. */
import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const include = ['test/**/*.test.ts', 'test/**/*.test.tsx']
const exclude = ['test/e2e/**', '**/node_modules/**']

/** A module that a file replaces must not be loaded yet. */
const replacing = globSync(include).filter((file) => readFileSync(file, 'utf8').includes('vi.mock('))

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for a disk or another process: every core has something to do.
    maxWorkers: '100%',
    projects: [
      // A third of the time would go into loading the program anew for each file; and a program that leaves something behind in its
      // modules, which the next file stumbles over, would do so in the office, too.
      { extends: true, test: { name: 'shared', include, exclude: [...exclude, ...replacing], isolate: false } },
      { extends: true, test: { name: 'alone', include: replacing, exclude } },
    ],
  },
})
