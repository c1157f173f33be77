/** The official stylesheets agree with us on vectors, samples, single changes of both, and on random documents of our totals engine. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Invoice } from '#core/invoice/document.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { shared } from '../../shared.ts'
import { decode } from '../../zatca/fixtures.ts'
import { anyChange, anyInvoice, changedInvoice } from '../arbitrary-invoice.ts'
import { mutants } from './mutate.ts'
import { disagreements, hasOfficialJudge, type Tried } from './official.ts'

const samples = shared('zatca/samples', 'the comparison with the official stylesheets')

/** Every change of every document takes minutes; by default every 60th is tried. `KHATM_MUTANTS=1` tries all. */
const step = Number(process.env['KHATM_MUTANTS'] ?? '60')

const documents = (): readonly Tried[] => {
  const vectors = join(import.meta.dirname, '..', '..', 'fixtures', 'vectors')
  const sources = [vectors, samples ?? vectors].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.xml'))
      .map((name) => ({ change: name, xml: readFileSync(join(folder, name), 'utf8') })),
  )
  const changes = sources.flatMap(({ change, xml }) =>
    [...mutants(xml)]
      .filter((_, index) => index % step === 0)
      .map((one) => ({ ...one, change: `${change}: ${one.change}` })),
  )
  return [...sources, ...changes]
}

/** Random documents of each kind; another row of them with `KHATM_SEED`. */
const sampled = { numRuns: 400, seed: Number(process.env['KHATM_SEED'] ?? '20261123') }
/** First of a chain, so that nothing but the stamp of a simplified document is missing. */
const xmlOf = (invoice: Invoice): string =>
  decode(writeInvoice(withChainFields(invoice, { icv: 1, pih: GENESIS_PIH })).bytes)

const computed = (): readonly Tried[] =>
  fc.sample(anyInvoice, sampled).map((invoice, index) => ({ change: `document ${index}`, xml: xmlOf(invoice) }))

const recomputed = (): readonly Tried[] =>
  fc.sample(anyChange, sampled).map((change, index) => ({
    change: `change ${index}, ${change.halalas} halalas at ${change.at}`,
    xml: xmlOf(changedInvoice(change)),
  }))

describe.runIf(hasOfficialJudge)('the official stylesheets agree', () => {
  test.each([
    ['on every vector and sample and on changes of them', documents],
    ['on random documents', computed],
    ['on random documents with one changed amount', recomputed],
  ])(
    '%s',
    (_name, tried) => {
      expect(disagreements(tried())).toEqual([])
    },
    3_600_000,
  )
})
