/** What we say about stamps and QR codes against a program that shares nothing with ours, on tampered documents. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sealFindings } from '#core/invoice/rules/findings.ts'
import { checkXml } from '#core/zatca/check.ts'
import { shared } from '../shared.ts'
import { encode } from '../zatca/fixtures.ts'
import { tampered } from '../zatca/tampered.ts'

const neededBy = 'the comparison of findings on stamps and QR codes'
const judge = shared('judge/judge', neededBy)
const ready = judge !== undefined && process.env['RULES_DIR'] !== undefined
if (!ready) {
  console.warn(`SKIPPED: ${neededBy} needs the judge and RULES_DIR, the folder of ZATCA's two stylesheets (SDK R3.4.8)`)
}

interface Finding {
  readonly stage: string
  readonly rule: string
  readonly severity: string
}
interface Verdict {
  readonly file: string
  readonly violations: readonly Finding[]
}
const isVerdict = (value: unknown): value is Verdict =>
  typeof value === 'object' && value !== null && 'file' in value && 'violations' in value

const order = (list: readonly string[]): readonly string[] => list.toSorted()

describe.skipIf(!ready)('the judge agrees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-seal-findings-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const cases = Object.entries(tampered).map(([id, xml], index) => ({ id, xml, file: join(folder, `${index}.xml`) }))

  it('on every tampered document', async () => {
    for (const { file, xml } of cases) writeFileSync(file, xml)
    const { stdout } = spawnSync(judge ?? '', ['--json', '--no-pih', ...cases.map(({ file }) => file)], {
      encoding: 'utf8',
    })
    const verdicts = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
      .filter(isVerdict)
    expect(verdicts).toHaveLength(cases.length)
    for (const { id, xml, file } of cases) {
      const official = verdicts.find((verdict) => verdict.file === file)?.violations ?? []
      const { violations } = await checkXml(encode(xml), { now: '2026-11-23T11:00:00' })
      const ours = violations.filter(({ rule }) => Object.hasOwn(sealFindings, rule))
      expect([id, ...order(ours.map(({ rule, severity }) => `${severity} ${rule}`))]).toEqual([
        id,
        ...order(
          official
            .filter(({ stage }) => stage === 'QR' || stage === 'SIGNATURE')
            .map(({ stage, rule, severity }) => `${severity} ${stage}/${rule.replaceAll(' ', '_')}`),
        ),
      ])
    }
  }, 120_000)
})
