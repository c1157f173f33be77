/** The demo: every example settled, one rejected and corrected, the chain proved from the files it leaves; twice in a row. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainField, GENESIS_PIH } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { verify } from '#core/zatca/verify.ts'
import { shared } from '../shared.ts'

const root = resolve(import.meta.dirname, '..', '..')
const neededBy = 'test/cli/demo.test.ts'
const judge = shared('judge/judge', neededBy)
const ready = judge !== undefined && process.env['RULES_DIR'] !== undefined
if (!ready) {
  console.warn(`SKIPPED: ${neededBy} needs the judge and RULES_DIR, the folder of ZATCA's two stylesheets (SDK R3.4.8)`)
}

const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'))

const demo = (...options: string[]) => {
  const program = join(root, 'cli', 'khatm.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'demo', ...options], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const inChain = (directory: string) =>
  readdirSync(directory)
    .map((file) => {
      const bytes = readFileSync(join(directory, file))
      return { bytes, invoice: readInvoice(bytes).invoice }
    })
    .toSorted((one, other) => Number(chainField(one.invoice, 'ICV')) - Number(chainField(other.invoice, 'ICV')))

let folder: string
let out: string
let english: ReturnType<typeof demo>
let arabic: ReturnType<typeof demo>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'khatm-demo-'))
  out = join(folder, 'out')
  english = demo('--out', out)
  arabic = demo('--out', out, '--lang', 'ar')
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the demo', () => {
  it('ends well twice in a row, in both languages, without a remark', () => {
    expect([english.status, english.stderr]).toEqual([0, ''])
    expect([arabic.status, arabic.stderr]).toEqual([0, ''])
    expect(arabic.stdout).toContain('فاتورة ضريبية مبسطة')
  })

  it('issues every example and leaves a chain that anybody can walk', async () => {
    expect(examples.length).toBeGreaterThanOrEqual(24)
    const signed = inChain(join(out, 'signed'))
    expect(signed).toHaveLength(examples.length + 1)
    let pih = GENESIS_PIH
    for (const [index, { bytes, invoice }] of signed.entries()) {
      expect([chainField(invoice, 'ICV'), chainField(invoice, 'PIH')]).toEqual([String(index + 1), pih])
      const { hash, checks } = await verify(bytes)
      expect(checks.filter(({ ok }) => !ok)).toEqual([])
      expect(english.stdout).toContain(invoice.id)
      pih = hash
    }
  })

  it('clears standard documents, one of them after it was rejected and corrected under the same number', () => {
    const standard = inChain(join(out, 'signed')).filter(({ invoice }) =>
      invoice.invoiceTypeCode?.name?.startsWith('01'),
    )
    expect(readdirSync(join(out, 'cleared'))).toHaveLength(standard.length - 1)
    expect(english.stdout.match(/Rejected/g)).toHaveLength(2)
    const numbers = standard.map(({ invoice }) => invoice.id)
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toHaveLength(1)
  })

  it.skipIf(!ready)('passes the official rules with everything it signed, without any finding', () => {
    const files = readdirSync(join(out, 'signed')).map((file) => join(out, 'signed', file))
    const { stdout } = spawnSync(judge ?? '', ['--no-pih', ...files], { encoding: 'utf8' })
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(files.length)
    for (const line of lines) expect(line).toMatch(/^PASS .* XSD=ok EN=ok KSA=ok SIGNATURE=ok QR=ok/)
  })

  it('leaves a folder alone that it did not make', () => {
    const precious = join(folder, 'thesis.txt')
    writeFileSync(precious, 'years of work')
    const { status, stderr } = demo('--out', folder)
    expect([status, stderr]).toEqual([2, expect.stringContaining('usage/invalid-value')])
    expect(existsSync(precious)).toBe(true)
  })
})
