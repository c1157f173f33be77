/** Builds the main process (one ES module) and the preload (one CommonJS file, as the sandbox demands). `--mode preload` for the latter. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const external = [
  /^node:/,
  'electron',
  ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
]

export default defineConfig(({ mode }) => ({
  root,
  build: {
    outDir: 'dist/electron',
    emptyOutDir: mode !== 'preload',
    target: 'node24',
    ssr: mode === 'preload' ? 'electron/preload.ts' : 'electron/main.ts',
    rolldownOptions: {
      external,
      output:
        mode === 'preload'
          ? { format: 'cjs' as const, entryFileNames: 'preload.cjs' }
          : { format: 'es' as const, entryFileNames: 'main.js' },
    },
  },
  ssr: { noExternal: [] },
}))
