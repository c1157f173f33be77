/** `npm run test:container`: the image and the files of `deploy/` in real engines; needs root and Debian's container packages. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.container.ts'],
    globalSetup: ['setup.ts'],
    // One engine, two cores: one after the other.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ['verbose'],
  },
})
