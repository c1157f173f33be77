/** Builds the main process with its signing threads (ES modules) and the preload (one CommonJS file, as the sandbox demands). `--mode preload` for the latter. */
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

/** All in one folder: modules look for their neighbours and for the migrations from where they lie. */
const modules = {
  input: { main: 'electron/main.ts', 'signing-pool-worker': 'core/keys/signing-pool-worker.ts' },
  output: { format: 'es' as const, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
}
const preload = {
  input: 'electron/preload.ts',
  output: { format: 'cjs' as const, entryFileNames: 'preload.cjs' },
}

export default defineConfig(({ mode }) => ({
  root,
  build: {
    outDir: 'dist/electron',
    emptyOutDir: mode !== 'preload',
    target: 'node24',
    ssr: true,
    rolldownOptions: { external, ...(mode === 'preload' ? preload : modules) },
  },
  ssr: { noExternal: [] },
}))
