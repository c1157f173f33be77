/** The official stylesheets, with hash, stamp and QR judged by a program that shares nothing with ours, on documents sealed here. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readInvoice } from '#core/zatca/read.ts'
import { seal } from '#core/zatca/seal.ts'
import { shared } from '../shared.ts'
import { testSigner, vectorNames, vectorXml } from '../zatca/fixtures.ts'

const neededBy = 'test/conformance/judge.test.ts'
const judge = shared('judge/judge', neededBy)
const ready = judge !== undefined && process.env['RULES_DIR'] !== undefined
if (!ready) {
  console.warn(`SKIPPED: ${neededBy} needs the judge and RULES_DIR, the folder of ZATCA's two stylesheets (SDK R3.4.8)`)
}

describe.skipIf(!ready)('official rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-judge-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('pass everything sealed here, without a warning other than BR-KSA-98 (old issue date)', async () => {
    const files = await Promise.all(
      vectorNames.map(async (name) => {
        const { invoice } = readInvoice(vectorXml(name))
        const sealed = await seal(invoice, { signer: testSigner, signingTime: '2024-01-15T12:30:06' })
        const file = join(folder, `${name}.xml`)
        writeFileSync(file, sealed.bytes)
        return file
      }),
    )
    const { stdout } = spawnSync(judge ?? '', ['--no-pih', ...files], { encoding: 'utf8' })
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(files.length)
    for (const line of lines) {
      expect(line).toMatch(/^PASS .* XSD=ok EN=ok KSA=(?:ok|w:BR-KSA-98) SIGNATURE=ok QR=ok/)
    }
  })
})
