/** `khatm check` on files of others: structure, stamp, chain, stricter checks, and files that are none. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { limits } from '#core/zatca/hostile.ts'
import { main } from '../../cli/main.ts'

const vector = (name: string): string => resolve(import.meta.dirname, '..', 'fixtures', 'vectors', name)
const standard = readFileSync(vector('standard388.xml'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'khatm-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const run = async (...words: readonly string[]) => {
  const out: string[] = []
  const ignore = (): void => undefined
  const exit = await main(['check', '--now', '2024-01-15T13:00:00', ...words], {
    language: 'en',
    out: (line) => void out.push(line),
    bytes: ignore,
    err: ignore,
  })
  return { exit, out }
}
const rulesOf = (line = '{}'): readonly string[] =>
  JSON.parse(line).violations.map(({ rule }: { readonly rule: string }) => rule)

describe('structure', () => {
  it('that the format allows is said, and is no violation', async () => {
    const allowed = file('allowed.xml', standard.replace('<cac:Delivery>', '<cac:PayeeParty/><cac:Delivery>'))
    const { exit, out } = await run(allowed)
    expect(exit).toBe(0)
    expect(out).toEqual([`${allowed}: clean`, '  - allowed, but no rule looks at it: /Invoice/cac:PayeeParty'])
  })

  it('that it does not allow is an error with its place, once and in both languages', async () => {
    const unknown = file('unknown.xml', standard.replace('<cac:Delivery>', '<cbc:Foo/><cac:Delivery>'))
    const { exit, out } = await run('--json', unknown)
    expect(exit).toBe(1)
    expect(JSON.parse(out[0] ?? '').violations).toEqual([
      {
        rule: 'XSD',
        severity: 'error',
        path: '/Invoice/cbc:Foo',
        message: expect.stringContaining('element cbc:Foo may not stand here'),
        message_ar: expect.stringMatching(/[\u0600-\u06ff].*cbc:Foo/),
      },
    ])
    expect((await run(unknown)).out).not.toContainEqual(expect.stringContaining('no rule looks at it'))
  })
})

describe('the chain', () => {
  it('is judged when the previous hash is given, also by its name', async () => {
    const [, pih = ''] = /<cbc:ID>PIH<.*?<cbc:EmbeddedDocumentBinaryObject[^>]*>([^<]*)/s.exec(standard) ?? []
    expect((await run('--pih', pih, vector('standard388.xml'))).exit).toBe(0)
    const other = await run('--json', '--pih', `A${pih.slice(1)}`, vector('standard388.xml'))
    expect([other.exit, rulesOf(other.out[0])]).toEqual([1, ['PIH/KSA-13']])
    const genesis = await run(
      '--json',
      '--pih',
      'genesis',
      file(
        'first.xml',
        standard.replace(
          pih,
          'NWZlY2ViNjZmZmM4NmYzOGQ5NTI3ODZjNmQ2OTZjNzljMmRiYzIzOWRkNGU5MWI0NjcyOWQ3M2EyN2ZiNTdlOQ==',
        ),
      ),
    )
    expect(rulesOf(genesis.out[0])).toEqual([])
  })
})

describe('stricter checks', () => {
  it('find what the files of one call share, only when asked', async () => {
    const copy = file('copy.xml', standard)
    const strict = await run('--json', '--strict', vector('standard388.xml'), copy)
    expect(strict.out.map(rulesOf)).toEqual([[], ['KHATM-DUPLICATE-NUMBER', 'KHATM-DUPLICATE-UUID']])
    expect(strict.exit).toBe(1)
    const plain = await run('--json', vector('standard388.xml'), copy)
    expect(plain.out.map(rulesOf)).toEqual([[], []])
  })

  it('foresee a QR code that is too long, before a draft gets a number', async () => {
    const { draft } = JSON.parse(readFileSync(vector('simplified388.json'), 'utf8'))
    const named = { ...draft, seller: { ...draft.seller, name: 'شركة '.repeat(80) } }
    const path = file('long-name.json', JSON.stringify(named))
    const strict = await run('--json', '--strict', path)
    expect(rulesOf(strict.out[0])).toEqual(expect.arrayContaining(['KHATM-SELLER-NAME', 'KHATM-QR-LENGTH']))
    expect(rulesOf((await run('--json', path)).out[0])).toEqual([])
  })
})

describe('what is no file of a sensible size', () => {
  it('is refused before it is read: a folder, a file that is too large', async () => {
    expect((await run(folder)).exit).toBe(2)
    const large = file('large.xml', ' '.repeat(limits.bytes + 1))
    const { exit, out } = await run('--json', large)
    expect([exit, JSON.parse(out[0] ?? '').failure.error]).toEqual([2, 'xml/hostile'])
  })

  it.skipIf(process.platform === 'win32')('is read from a pipe only as far as the limit', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const endless = spawn('sh', ['-c', `exec yes > '${pipe}'`], { stdio: 'ignore' })
    const { exit, out } = await run('--json', pipe)
    endless.kill()
    expect([exit, JSON.parse(out[0] ?? '').failure.error]).toEqual([2, 'xml/hostile'])
  })
})
