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

const times = await race(
  [...sales].flatMap(([size, xml]) => {
    const { invoice } = readInvoice(xml)
    return [
      { name: `judge ${size}`, run: () => judge(invoice, { now, stage: 'sealed' }) },
      { name: `read and judge ${size}`, run: () => judge(readInvoice(xml).invoice, { now, stage: 'sealed' }) },
    ]
  }),
)
const milliseconds = (name: string): number => times.get(name) ?? Number.NaN

console.log(
  `\nP6  all rules on a sealed document, CPU time of one thread, ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`,
)
console.table(
  Object.fromEntries(
    sizes.map((size) => [
      `${size} lines`,
      {
        microseconds: Math.round(milliseconds(`judge ${size}`) * 1000),
        'a line': ((milliseconds(`judge ${size}`) * 1000) / size).toFixed(2),
        'with reading the XML': Math.round(milliseconds(`read and judge ${size}`) * 1000),
      },
    ]),
  ),
)
const linear = milliseconds('judge 2000') / milliseconds('judge 200')
console.log(`    CPU(2,000 lines) / CPU(200 lines) = ${linear.toFixed(2)} (linear is 10 or less, the bar is 10.5)`)

const command = process.env['KHATM_JUDGE']
const isMeasured = command !== undefined && process.env['RULES_DIR'] !== undefined
const official = isMeasured ? stylesheets(command, sales.get(20) ?? new Uint8Array()) : 49
const source = isMeasured ? 'just now, wall clock' : 'elsewhere; set RULES_DIR and KHATM_JUDGE to measure them here'
console.log(
  `    official stylesheets in a warm JVM, 20 lines: ${official.toFixed(0)} ms (measured ${source}): ${(official / milliseconds('judge 20')).toFixed(0)} times ours, ${(official / milliseconds('read and judge 20')).toFixed(0)} times with reading`,
)
