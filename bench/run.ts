/** `npm run bench`: P1 (whole sealing against two peers) and P2 (cost is linear in lines), as ratios inside one interleaved run. */
import { cpus } from 'node:os'
import { signInvoice } from 'zatca-sdk'
import xmlJs from 'zatca-xml-js'
import { completeDraft } from '#core/invoice/complete.ts'
import { judge } from '#core/invoice/rules/index.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { assemble, prepare, seal } from '#core/zatca/seal.ts'
import { ourDraft, sdkInvoice, xmlJsProps } from './sale.ts'
import { certificate, certificateText, keyText, signer } from './signer.ts'
import { type Contestant, race } from './stopwatch.ts'

const signingTime = '2024-01-15T12:30:05'
const now = '2024-01-15T12:31:00'
const chain = { icv: 1, pih: GENESIS_PIH }

const ours = (count: number) => {
  const draft = ourDraft(count)
  return withChainFields(completeDraft(draft), { ...chain, uuid: draft.uuid ?? '' })
}

const contestants = (count: number): readonly Contestant[] => {
  const invoice = ours(count)
  const props = xmlJsProps(count, GENESIS_PIH)
  const forSdk = sdkInvoice(count, GENESIS_PIH)
  const credentials = { certificate: certificateText, privateKey: keyText }
  return [
    {
      name: 'khatm',
      run: async () => {
        judge(invoice, { now, stage: 'draft' })
        await seal(invoice, { signer, signingTime })
      },
    },
    {
      name: 'khatm, bare',
      run: async () => {
        const prepared = prepare(invoice)
        const [signature] = await signer.sign([prepared.digest])
        if (signature !== undefined) assemble(prepared, { signature, certificate, signingTime })
      },
    },
    { name: 'zatca-xml-js', run: () => new xmlJs.ZATCASimplifiedTaxInvoice({ props }).sign(certificateText, keyText) },
    { name: 'zatca-sdk', run: () => signInvoice(forSdk, { credentials, signingTime, skipQrImage: true }) },
  ]
}

const table: Record<string, Record<string, string>> = {}
const figures = new Map<number, ReadonlyMap<string, number>>()

// The peer prints every step to the console; its printing is not what is measured.
const quiet = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log } = console
  console.log = () => undefined
  return work().finally(() => {
    console.log = log
  })
}

for (const count of [5, 20, 200, 2000]) {
  const times = await quiet(() => race(contestants(count), { rounds: count === 2000 ? 3 : 7 }))
  figures.set(count, times)
  const our = times.get('khatm') ?? Number.NaN
  const bare = times.get('khatm, bare') ?? Number.NaN
  const ratio = (peer: string, against: number): string => `${((times.get(peer) ?? Number.NaN) / against).toFixed(1)}x`
  table[`${count} lines`] = {
    'ours ms': our.toFixed(3),
    'bare ms': bare.toFixed(3),
    'zatca-xml-js': ratio('zatca-xml-js', our),
    '(bare)': ratio('zatca-xml-js', bare),
    'zatca-sdk': ratio('zatca-sdk', our),
    '(sdk, bare)': ratio('zatca-sdk', bare),
  }
}

console.log(
  `\nP1  rules + write + hash + sign + QR + self-check, CPU time of one thread, ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`,
)
console.log('    "bare" is without rules and self-check; a ratio says how many times longer the peer takes')
console.table(table)
const linear = (figures.get(2000)?.get('khatm') ?? Number.NaN) / (figures.get(200)?.get('khatm') ?? Number.NaN)
console.log(`P2  CPU(2,000 lines) / CPU(200 lines) = ${linear.toFixed(2)} (linear is 10, the bar is 11)`)
