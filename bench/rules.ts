/** `npm run bench`: P6, what all rules together cost, that the cost is linear in lines, and the official stylesheets beside it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { completeDraft } from '#core/invoice/complete.ts'
import { judge } from '#core/invoice/rules/index.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { seal } from '#core/zatca/seal.ts'
import { ourDraft } from './sale.ts'
import { signer } from './signer.ts'
import { race } from './stopwatch.ts'

const sizes = [20, 200, 2000]
const now = '2024-01-15T12:31:00'

/** A sealed sale of so many lines, as XML. */
const sealedSale = async (count: number): Promise<Uint8Array> => {
  const draft = ourDraft(count)
  const invoice = withChainFields(completeDraft(draft), { icv: 1, pih: GENESIS_PIH, uuid: draft.uuid ?? '' })
  return (await seal(invoice, { signer, signingTime: '2024-01-15T12:30:05' })).bytes
}

/** Milliseconds that a warm JVM takes for a document: a long list minus a short one, so that starting it does not count. */
const stylesheets = (command: string, xml: Uint8Array): number => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-bench-'))
  const judged = (documents: number): number => {
    const files = Array.from({ length: documents }, (_, index) => join(folder, `${index}.xml`))
    for (const file of files) writeFileSync(file, xml)
    const list = join(folder, 'files.txt')
    writeFileSync(list, files.join('\n'))
    const start = performance.now()
    const { status } = spawnSync(command, ['--only-rules', '--no-pih', '--now', `${now}+03:00`, '--list', list])
    if (status !== 0) throw new Error(`${command} ended with ${status}`)
    return performance.now() - start
  }
  try {
    const [few, many] = [100, 400]
    const short = judged(few)
    return (judged(many) - short) / (many - few)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sales = new Map<number, Uint8Array>()
for (const size of sizes) sales.set(size, await sealedSale(size))

const context = { now, stage: 'sealed' } as const
const invoices = new Map([...sales].map(([size, xml]) => [size, readInvoice(xml).invoice]))

// Reading leaves a lot of garbage behind, so it runs apart from the judging that the linearity is told from.
const judging = await race(
  [...invoices].map(([size, invoice]) => ({ name: String(size), run: () => judge(invoice, context) })),
  { rounds: 15 },
)
const reading = await race(
  [...sales].map(([size, xml]) => ({ name: String(size), run: () => judge(readInvoice(xml).invoice, context) })),
)
const microseconds = (times: ReadonlyMap<string, number>, size: number): number =>
  (times.get(String(size)) ?? Number.NaN) * 1000

console.log(
  `\nP6  all rules on a sealed document, CPU time of one thread, ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`,
)
console.table(
  Object.fromEntries(
    sizes.map((size) => [
      `${size} lines`,
      {
        microseconds: Math.round(microseconds(judging, size)),
        'a line': (microseconds(judging, size) / size).toFixed(2),
        'with reading the XML': Math.round(microseconds(reading, size)),
      },
    ]),
  ),
)
const linear = microseconds(judging, 2000) / microseconds(judging, 200)
console.log(`    CPU(2,000 lines) / CPU(200 lines) = ${linear.toFixed(2)} (linear is 10 or less, the bar is 10.5)`)

const command = process.env['KHATM_JUDGE']
const isMeasured = command !== undefined && process.env['RULES_DIR'] !== undefined
const official = isMeasured ? stylesheets(command, sales.get(20) ?? new Uint8Array()) : 49
const source = isMeasured ? 'just now, wall clock' : 'elsewhere; set RULES_DIR and KHATM_JUDGE to measure them here'
const times = (ours: ReadonlyMap<string, number>): string => ((official * 1000) / microseconds(ours, 20)).toFixed(0)
console.log(`    official stylesheets in a warm JVM, 20 lines: ${official.toFixed(0)} ms (measured ${source}),`)
console.log(`    ${times(judging)} times ours, ${times(reading)} times ours with reading the XML`)
