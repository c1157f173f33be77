/**
 * Shows every witness to the official stylesheets and writes down who reports it: `npm run docs:witnesses`, with RULES_DIR set to the
 * folder of the two stylesheets of SDK R3.4.8 and KHATM_SHARED to the reference material. The result is committed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Invoice } from '#core/invoice/document.ts'
import { checkXml } from '#core/zatca/check.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { type Base, bases, changed, vector } from '../../test/invoice/rules/bases.ts'
import { type Finding, now, officialVerdicts } from '../../test/invoice/rules/official.ts'
import { witnesses } from '../../test/invoice/rules/witnesses.ts'
import { decode, vectorXml } from '../../test/zatca/fixtures.ts'
import { tampered } from '../../test/zatca/tampered.ts'

interface Shown {
  readonly id: string
  readonly xml: string
}

/** The base's own stamp, with the identifiers that a witness may have changed. */
const stampOf = (base: Base, { signatureInformation: ids }: Invoice): string => {
  const [block = ''] = /<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s.exec(decode(vectorXml(bases[base]))) ?? []
  return block
    .replace(/(<sac:SignatureInformation>\s*<cbc:ID>)[^<]*/, `$1${ids?.id ?? ''}`)
    .replace(/(<sbc:ReferencedSignatureID>)[^<]*/, `$1${ids?.referencedSignatureID ?? ''}`)
}

const shown = (): readonly Shown[] => [
  ...Object.entries(witnesses).map(([id, { base, edits }]) => {
    const dates = base === 'simplified' ? { issueDate: '2026-11-23', issueTime: '10:00:00' } : {}
    const invoice = changed(vector(bases[base]), { ...dates, ...edits })
    const xml = decode(writeInvoice(invoice).bytes)
    return { id, xml: xml.replace(/^<Invoice[^>]*>/, (start) => start + stampOf(base, invoice)) }
  }),
  ...Object.entries(tampered).map(([id, xml]) => ({ id, xml })),
]

/** What the validator calls the id: stage and code for what its stylesheets do not report. */
const officialIds = ({ stage, rule }: Finding): readonly string[] => [rule, `${stage}/${rule.replaceAll(' ', '_')}`]

/** One row a line, so that a change shows which witness it is about. */
const line = (row: object): string => {
  const members = Object.entries(row).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `  { ${members.join(', ')} }`
}

const run = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-witnesses-'))
  const cases = shown().map((one, index) => ({ ...one, file: join(folder, `${index}.xml`) }))
  for (const { file, xml } of cases) writeFileSync(file, xml)
  const verdicts = officialVerdicts(
    cases.map(({ file }) => file),
    folder,
    [],
  )
  const rows = await Promise.all(
    cases.map(async ({ id, xml, file }) => {
      const found = verdicts.get(file) ?? []
      const { violations } = await checkXml(new TextEncoder().encode(xml), { now })
      return {
        id,
        official: found.some((finding) => officialIds(finding).includes(id)),
        here: violations.some(({ rule }) => rule === id),
        ...(found.some(({ rule }) => rule === 'ABORT') && { aborts: true }),
        ...(found.some(({ stage }) => stage === 'XSD') && { schema: true }),
      }
    }),
  )
  rmSync(folder, { recursive: true })
  writeFileSync(join(import.meta.dirname, 'witnesses.json'), `[\n${rows.map(line).join(',\n')}\n]\n`)
  console.log(`${rows.length} witnesses, ${rows.filter(({ official }) => official).length} reported officially`)
}

await run()
