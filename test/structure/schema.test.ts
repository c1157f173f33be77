/** Our judgement of an invoice's structure against libxml2's by the schema of UBL 2.1, on changed vectors and samples. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Breach } from '#core/invoice/rules/rule.ts'
import { parseXml } from '#core/zatca/scan.ts'
import { structureBreaches } from '#core/zatca/structure/structure.ts'
import type { schemaDifferences } from '../../docs/rules/known-differences.ts'
import { shared } from '../shared.ts'
import { dice, type Mutation, mutations } from './mutations.ts'

const neededBy = 'the comparison with the schema of UBL 2.1'
const schema = shared('zatca/xsd/maindoc/UBL-Invoice-2.1.xsd', neededBy)
const samples = shared('zatca/samples', neededBy)
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
if (!hasXmllint) console.warn(`SKIPPED: ${neededBy} needs xmllint (Debian: libxml2-utils)`)

/** Changes of each document; `KHATM_MUTANTS=1000` tries many more. */
const each = Number(process.env['KHATM_MUTANTS'] ?? '100')
const seed = Number(process.env['KHATM_SEED'] ?? '20261123')

/** See `schemaDifferences.serialNumber`. */
const withShortSerial = (xml: string): string => xml.replace(/(X509SerialNumber>\d{10})\d+/g, '$1')

type Differs = (change: string, found: readonly Breach[]) => boolean

/** How a known difference is recognised. */
const knownDifferences: Readonly<Record<Exclude<keyof typeof schemaDifferences, 'serialNumber'>, Differs>> = {
  base64: (_change, found) => found.length > 0 && found.every(({ params }) => params?.['expected'] === 'base64'),
  stampIds: (change, found) => found.length === 0 && /: (?:ext|sig|sac|ds|xades):\w+ twice$/.test(change),
  openPlaces: (change, found) => found.length === 0 && /: c[ab]c:\w+ before (?:ds|xades):\w+$/.test(change),
}

const documents = (): readonly Mutation[] => {
  const vectors = join(import.meta.dirname, '..', 'fixtures', 'vectors')
  const sources = [vectors, samples ?? vectors].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.xml'))
      .map((name) => ({ change: name, xml: withShortSerial(readFileSync(join(folder, name), 'utf8')) })),
  )
  const roll = dice(seed)
  return sources.flatMap(({ change, xml }) => [
    { change, xml },
    ...mutations(xml, each, roll).map((one) => ({ ...one, change: `${change}: ${one.change}` })),
  ])
}

describe.runIf(schema !== undefined && hasXmllint)('libxml2 agrees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-structure-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('on every document', () => {
    const tried = documents().map((document, index) => ({ ...document, file: join(folder, `${index}.xml`) }))
    for (const { file, xml } of tried) writeFileSync(file, xml)
    const files = tried.map(({ file }) => file)
    const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema ?? '', ...files], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    const valid = new Set(stderr.match(/^.+(?= validates$)/gm))
    const invalid = new Set(stderr.match(/^.+(?= fails to validate$)/gm))
    expect(valid.size + invalid.size).toBe(tried.length)
    expect(valid.size).toBeGreaterThan(tried.length / 20)
    const disagreements = tried.flatMap(({ change, xml, file }) => {
      const found = structureBreaches(parseXml(xml))
      if ((found.length === 0) === valid.has(file)) return []
      if (Object.values(knownDifferences).some((differs) => differs(change, found))) return []
      return [`${change}: ${valid.has(file) ? 'valid' : 'invalid'} there, ${JSON.stringify(found[0] ?? 'clean here')}`]
    })
    expect(disagreements).toEqual([])
  }, 120_000)
})
