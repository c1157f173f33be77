/** Our verdicts against those of the official stylesheets, which a clone does not carry. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge } from '#core/invoice/rules/index.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { ruleDifferences } from '../../../docs/rules/known-differences.ts'
import { shared } from '../../shared.ts'

const neededBy = 'the comparison with the official stylesheets'
const judgeCommand = shared('judge/judge', neededBy)
const hasStylesheets = process.env['RULES_DIR'] !== undefined
if (!hasStylesheets)
  console.warn(
    `SKIPPED: ${neededBy} needs RULES_DIR: the folder of the two stylesheets of SDK R3.4.8 (the judge's README says where they stand).`,
  )

/** Whether there is anything to compare with; what is missing has been said loudly. */
export const hasOfficialJudge = hasStylesheets && judgeCommand !== undefined

/** The judges' clock: after every vector's date, so that only BR-KSA-98 minds. */
export const now = '2026-11-23T11:00:00'

const knownDifferences: ReadonlySet<string> = new Set(ruleDifferences.map(({ difference }) => difference))

/** A document and a remark that says what is special about it. */
export interface Tried {
  readonly change: string
  readonly xml: string
}

export interface Finding {
  readonly stage: string
  readonly rule: string
}

interface Verdict {
  readonly file: string
  readonly violations: readonly Finding[]
}

const isVerdict = (value: unknown): value is Verdict =>
  typeof value === 'object' && value !== null && 'file' in value && 'violations' in value

/** The official findings by file; one process judges all of them. `--only-rules` leaves stamp and QR code out. */
export const officialVerdicts = (
  files: readonly string[],
  folder: string,
  options: readonly string[],
): ReadonlyMap<string, readonly Finding[]> => {
  const list = join(folder, 'files.txt')
  writeFileSync(list, files.join('\n'))
  const words = ['--json', ...options, '--no-pih', '--now', `${now}+03:00`, '--list', list]
  const { stdout, stderr } = spawnSync(judgeCommand ?? '', words, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, TZ: 'Asia/Riyadh', JUDGE_BUILD: process.env['JUDGE_BUILD'] ?? folder },
  })
  const verdicts = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))
    .filter(isVerdict)
  if (verdicts.length !== files.length) throw new Error(`the judge did not answer for every document: ${stderr}`)
  return new Map(verdicts.map(({ file, violations }) => [file, violations]))
}

const differences = (xml: string, findings: readonly Finding[] | undefined): readonly string[] => {
  if (findings === undefined) return ['no official verdict']
  const { invoice, findings: structure } = readInvoice(xml)
  const violations = judge(invoice, { now, stage: 'sealed' })
  // Where a stylesheet stops with an error the document is refused: all that counts is that we refuse it too.
  if (findings.some(({ rule }) => rule === 'ABORT'))
    return structure.length > 0 || violations.some(({ severity }) => severity === 'error')
      ? []
      : ['ours accepts an abort']
  const official = new Set(findings.filter(({ stage }) => stage === 'EN' || stage === 'KSA').map(({ rule }) => rule))
  const ours = new Set<string>(
    violations.map(({ rule }) => rule).filter((rule) => rule !== 'XSD' && rule !== 'KHATM-ONCE'),
  )
  return [
    ...[...official.difference(ours)].map((rule) => `official only ${rule}`),
    ...[...ours.difference(official)].map((rule) => `ours only ${rule}`),
  ].filter((difference) => !knownDifferences.has(difference))
}

/** Where the two judges differ on these documents, known differences aside. */
export const disagreements = (documents: readonly Tried[]): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-rules-'))
  try {
    const tried = documents.map((document, index) => ({ ...document, file: join(folder, `${index}.xml`) }))
    for (const { file, xml } of tried) writeFileSync(file, xml)
    const verdicts = officialVerdicts(
      tried.map(({ file }) => file),
      folder,
      ['--only-rules'],
    )
    return tried.flatMap(({ change, xml, file }) =>
      differences(xml, verdicts.get(file)).map((difference) => `${change}: ${difference}`),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
