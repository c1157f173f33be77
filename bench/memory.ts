/** `npm run bench:memory`: P4, the memory of a batch of 1,000 and of 10,000 documents with 200 lines each, in processes of their own. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Built before by `vite.config.ts` */
const script = join(import.meta.dirname, '..', 'dist', 'bench', 'memory-run.js')

/** As a program is run whose memory counts: garbage is collected sooner. */
const flags = ['--max-semi-space-size=2', '--max-old-space-size=96']

const peak = (documents: number, threads: number, given: readonly string[]): number => {
  const args = [...given, script, String(documents), '200', String(threads)]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const { peakMegabytes }: { peakMegabytes: number } = JSON.parse(stdout)
  return peakMegabytes
}

console.log('\nP4  most memory of the whole process in a batch of 200-line documents, MB')
const table: Record<string, Record<string, string>> = {}
for (const [name, threads, given] of [
  ['one thread', 0, flags],
  ['stamping in a thread', 1, flags],
  ['one thread, without flags', 0, []],
] as const) {
  const empty = peak(1, threads, given)
  const few = peak(1000, threads, given)
  const many = peak(10_000, threads, given)
  table[name] = {
    'one document': empty.toFixed(0),
    '1,000': few.toFixed(0),
    '10,000': many.toFixed(0),
    growth: `${((many / few - 1) * 100).toFixed(1)} %`,
  }
}
console.table(table)
console.log(`    flags: ${flags.join(' ')}`)
