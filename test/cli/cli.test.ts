/** The command line as IT staff use it: results, messages in both languages, exit codes, and what it loads. */
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { main } from '../../cli/main.ts'
import { loadedBy, ofServerOrDatabase } from './loaded-modules.ts'

const root = resolve(import.meta.dirname, '..', '..')
const fixtures = join(root, 'test', 'fixtures')
const vector = (name: string): string => join(fixtures, 'vectors', name)
const key = join(fixtures, 'sdk', 'ec-secp256k1-priv-key.pem')
const cert = join(fixtures, 'sdk', 'cert.pem')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'khatm-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (...words: string[]) => {
  const out: string[] = []
  const err: string[] = []
  const bytes: Uint8Array[] = []
  const exit = await main(words, {
    language: 'en',
    out: (line) => void out.push(line),
    bytes: (chunk) => void bytes.push(chunk),
    err: (line) => void err.push(line),
  })
  return { exit, out: out.join('\n'), err: err.join('\n'), bytes: Buffer.concat(bytes) }
}

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const vectorDraft = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(vector(`${name}.json`), 'utf8')).draft

const draftFile = (name: string, change: object = {}): string =>
  file(`${name}.json`, JSON.stringify({ ...vectorDraft('simplified388'), ...change }))

const sealing = [
  '--key',
  key,
  '--cert',
  cert,
  '--icv',
  '1',
  '--pih',
  'genesis',
  '--signing-time',
  '2024-01-15T12:30:05',
]

describe('seal', () => {
  it('writes an invoice that verifies, with the hash that the vector has', async () => {
    const out = join(folder, 'sealed.xml')
    expect((await run('seal', draftFile('plain'), ...sealing, '--out', out)).exit).toBe(0)
    expect((await run('hash', out)).out).toBe((await run('hash', vector('simplified388.xml'))).out)
    const verified = await run('verify', out)
    expect([verified.exit, verified.out]).toEqual([0, expect.not.stringContaining('FAILED')])
  })

  it('writes the same bytes to the screen as to a file', async () => {
    const out = join(folder, 'same.xml')
    const draft = draftFile('same')
    await run('seal', draft, ...sealing, '--out', out)
    const shown = await run('seal', draft, ...sealing)
    expect(shown.bytes.equals(readFileSync(out))).toBe(true)
  })

  it('takes key and certificate as PEM, bare base64 or DER', async () => {
    const bare = (path: string) => readFileSync(path, 'utf8').replaceAll(/-----[^-]+-----|\s/g, '')
    const forms = [
      [file('bare.key', bare(key)), file('bare.cert', bare(cert))],
      [file('der.key', Buffer.from(bare(key), 'base64')), file('der.cert', Buffer.from(bare(cert), 'base64'))],
      [
        file('pem.key', `-----BEGIN EC PRIVATE KEY-----\n${bare(key)}\n-----END EC PRIVATE KEY-----\n`),
        file('pem.cert', `-----BEGIN CERTIFICATE-----\n${bare(cert)}\n-----END CERTIFICATE-----\n`),
      ],
    ]
    const draft = draftFile('forms')
    const reference = await run('seal', draft, ...sealing)
    for (const [keyForm = '', certForm = ''] of forms) {
      const sealed = await run('seal', draft, ...sealing.with(1, keyForm).with(3, certForm))
      expect(sealed.bytes.equals(reference.bytes)).toBe(true)
    }
  })

  it.each([
    ['a draft that breaks rules', { lines: [{ name: 'x', quantity: '-1', price: '5' }] }, [], 1, 'BR-KSA-F-04'],
    ['a draft with a number for a price', { lines: [{ name: 'x', quantity: '1', price: 5 }] }, [], 1, 'draft/invalid'],
    ['an expired certificate', {}, ['--signing-time', '2031-01-01T00:00:00'], 1, 'certificate/expired'],
    ['a counter of 0', {}, ['--icv', '0'], 2, 'usage/invalid-value'],
    ['a PIH that is none', {}, ['--pih', '***'], 2, 'usage/invalid-value'],
    ['a time that is none', {}, ['--signing-time', 'noon'], 2, 'usage/invalid-value'],
    ['a key that is none', {}, ['--key', vector('usd.json')], 2, 'key/malformed'],
    ['a certificate that is none', {}, ['--cert', vector('usd.json')], 2, 'certificate/malformed'],
  ])('refuses %s', async (_name, change, options, exit, code) => {
    const refused = await run('seal', draftFile('refused', change), ...sealing, ...options)
    expect([refused.exit, refused.bytes.length]).toEqual([exit, 0])
    expect(refused.err).toContain(code)
  })

  it('refuses a key that is not the certified one', async () => {
    const config = join(fixtures, 'sdk', 'csr-input', 'csr-config-example-EN.properties')
    const out = join(folder, 'other.csr')
    expect((await run('csr', '--config', config, '--out', out)).exit).toBe(0)
    const refused = await run('seal', draftFile('wrong-key'), ...sealing.with(1, `${out}.key.pem`))
    expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining('certificate/wrong-key')])
  })
})

describe('check', () => {
  it('gives one JSON object a line, with rule, severity, path and both languages', async () => {
    const now = ['--now', '2024-01-17T12:30:00']
    const { exit, out } = await run('check', '--json', ...now, vector('simplified388.xml'), vector('standard388.xml'))
    const lines = out.split('\n').map((line) => JSON.parse(line))
    expect(exit).toBe(0)
    expect(lines.map((line) => Object.keys(line))).toEqual([
      ['file', 'violations'],
      ['file', 'violations'],
    ])
    expect(lines[1].violations).toEqual([])
    expect(lines[0].violations).toEqual([
      {
        rule: 'BR-KSA-98',
        severity: 'warning',
        path: '/Invoice/cbc:IssueDate',
        message: expect.stringMatching(/24/),
        message_ar: expect.stringMatching(/[\u0600-\u06ff]/),
      },
    ])
  })

  it('finds errors with their place, in XML and in drafts', async () => {
    const xml = readFileSync(vector('standard388.xml'), 'utf8').replace(
      /<cbc:IssueTime>[^<]*/,
      '<cbc:IssueTime>12:30:00.5',
    )
    const broken = await run('check', '--json', file('broken.xml', xml))
    expect(broken.exit).toBe(1)
    expect(JSON.parse(broken.out).violations).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'BR-KSA-70', path: '/Invoice/cbc:IssueTime' })]),
    )
    const draft = await run(
      'check',
      '--json',
      draftFile('negative', { lines: [{ name: 'x', quantity: '-1', price: '5' }] }),
    )
    expect(draft.exit).toBe(1)
    expect(JSON.parse(draft.out).violations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'BR-KSA-F-04', path: '/Invoice/cac:InvoiceLine[1]/cbc:InvoicedQuantity' }),
      ]),
    )
  })

  it('counts warnings as errors only when told to', async () => {
    expect((await run('check', vector('simplified388.xml'))).exit).toBe(0)
    expect((await run('check', '--strict', vector('simplified388.xml'))).exit).toBe(1)
  })

  it.each([
    ['broken JSON', 'broken.json', '{"kind":', 2, 'request/not-json'],
    ['a draft of another shape', 'shape.json', '{"kind":"receipt"}', 1, 'draft/invalid'],
    ['XML that ends early', 'early.xml', '<Invoice', 2, 'xml/malformed'],
    ['another document', 'other.xml', '<CreditNote/>', 2, 'xml/not-an-invoice'],
    ['an attack', 'attack.xml', '<!DOCTYPE x [<!ENTITY a "b">]><Invoice>&a;</Invoice>', 2, 'xml/hostile'],
  ])('says what is wrong with %s and goes on with the next file', async (_name, name, content, exit, code) => {
    const found = await run('check', '--json', file(name, content), vector('usd.xml'))
    expect(found.exit).toBe(exit)
    const [first, second] = found.out.split('\n').map((line) => JSON.parse(line))
    expect(first.failure).toMatchObject({ error: code, message_ar: expect.stringMatching(/[\u0600-\u06ff]/) })
    expect(first.violations[0]).toMatchObject({ rule: expect.stringMatching(/^KHATM-/), severity: 'error' })
    expect(second).toEqual({ file: vector('usd.xml'), violations: [] })
  })
})

describe('verify, hash, qr, csr', () => {
  it('names the proof that fails', async () => {
    const xml = readFileSync(vector('simplified388.xml'), 'utf8').replace(
      '>115.58</cbc:PayableAmount>',
      '>115.59</cbc:PayableAmount>',
    )
    const { exit, out } = await run('verify', file('tampered.xml', xml))
    expect(exit).toBe(1)
    expect(out).toMatch(/FAILED {2}SIGNATURE\/invoiceSignedDataDigestValue/)
    expect(out).toMatch(/ok {6}SIGNATURE\/certificate/)
  })

  it('says that an invoice is not signed', async () => {
    const { exit, err } = await run('verify', vector('usd.canon'))
    expect([exit, err]).toEqual([1, expect.stringContaining('xml/not-signed')])
  })

  it('hashes a signed invoice and its canonical form alike', async () => {
    expect((await run('hash', vector('export.xml'))).out).toBe((await run('hash', vector('export.canon'))).out)
  })

  it('reads a QR code from an invoice and from its text alike', async () => {
    const fromFile = await run('qr', '--json', vector('simplified388.xml'))
    const fields = JSON.parse(fromFile.out)
    expect(fields).toMatchObject({ vatNumber: '399999999900003', total: '115.58', vatTotal: '15.08' })
    expect((await run('qr', '--json', fields.qr)).out).toBe(fromFile.out)
  })

  it('makes a request that openssl reads, with its Arabic, and a key of its own that nobody else may read', async () => {
    const config = join(fixtures, 'sdk', 'csr-input', 'csr-config-example-AR.properties')
    const out = join(folder, 'arabic.csr')
    const made = await run('csr', '--config', config, '--environment', 'simulation', '--out', out)
    expect(made.exit).toBe(0)
    const text = execFileSync('openssl', ['req', '-in', out, '-noout', '-subject', '-verify', '-nameopt', 'utf8'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(text).toContain('فرع الرياض')
    expect(statSync(`${out}.key.pem`).mode & 0o777).toBe(0o600)
    expect((await run('csr', '--config', config, '--out', out)).exit).toBe(2)
    expect((await run('csr', '--config', config, '--key', `${out}.key.pem`, '--out', out)).exit).toBe(0)
  })

  it('names what ZATCA would refuse in a request', async () => {
    const config = file('bad.properties', 'csr.common.name=EGS & sons\n')
    const { exit, err } = await run('csr', '--config', config, '--key', key)
    expect([exit, err]).toEqual([1, expect.stringContaining('csr/invalid')])
    expect(err).toContain('organizationIdentifier: missing')
    expect(err).toContain('commonName: forbidden-character')
  })
})

describe('migrate and practice', () => {
  it('makes a database, and finds nothing to do the second time', async () => {
    const database = join(folder, 'office.sqlite')
    const first = await run('migrate', '--database', database)
    expect([first.exit, first.out]).toEqual([0, expect.stringMatching(/^schema 0 -> [1-9]/)])
    const second = await run('migrate', '--database', database)
    expect(second.out).toMatch(/^schema (\d+) -> \1$/)
  })

  it('says when the folder of the database is not there, and when the port is taken', async () => {
    const absent = await run('migrate', '--database', join(folder, 'absent', 'office.sqlite'))
    expect([absent.exit, absent.err]).toEqual([2, expect.stringContaining('usage/unreadable-file')])
    const other = createServer()
    const port = await new Promise<number>((listening) =>
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        listening(typeof address === 'object' ? (address?.port ?? 0) : 0)
      }),
    )
    const taken = await run('practice', '--port', String(port))
    other.close()
    expect([taken.exit, taken.err]).toEqual([2, expect.stringContaining('EADDRINUSE')])
  })
})

describe('usage', () => {
  it.each([
    [[], 'Usage', ''],
    [['frobnicate'], '', 'usage/unknown-command'],
    [['--frobnicate'], '', 'usage/unknown-option'],
    [['check', '--frobnicate', 'x'], '', 'usage/unknown-option'],
    [['hash', 'a', 'b'], '', 'usage/unknown-option'],
    [['seal', 'x.json'], '', 'usage/missing-option'],
    [['check'], '', 'usage/missing-option'],
    [['check', '--now'], '', 'usage/invalid-value'],
    [['check', '--lang', 'fr', 'x'], '', 'usage/invalid-value'],
    [['hash', '/does/not/exist'], '', 'usage/unreadable-file'],
    [['csr', '--config', 'x', '--environment', 'moon'], '', 'usage/invalid-value'],
    [['practice', '--port', '99999'], '', 'usage/invalid-value'],
  ])('%j is refused with exit code 2', async (words, out, err) => {
    const refused = await run(...words)
    expect(refused.exit).toBe(2)
    expect(refused.out).toContain(out)
    expect(refused.err).toContain(err)
  })

  it.each(Object.keys(commands))('%s explains itself in both languages', async (name) => {
    const [english, arabic] = [await run(name, '--help'), await run(name, '-h', '--lang', 'ar')]
    expect([english.exit, arabic.exit]).toEqual([0, 0])
    expect(english.out).toContain(`khatm ${name}`)
    expect(arabic.out).toMatch(/[\u0600-\u06ff]/)
  })

  it('answers in Arabic when asked, also about the arguments', async () => {
    expect((await run('--lang', 'ar', 'frobnicate')).err).toMatch(/[\u0600-\u06ff]/)
    expect((await run('check', '--frobnicate', '--lang=ar')).err).toMatch(/[\u0600-\u06ff]/)
  })
})

describe('the program', () => {
  const program = join(root, 'cli', 'khatm.ts')

  it('is executable and gives its exit code to the shell', () => {
    accessSync(program, constants.X_OK)
    expect(readFileSync(program, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
    const result = spawnSync(process.execPath, [program, 'check', vector('simplified388.xml'), '--strict'])
    expect(result.status).toBe(1)
    expect(result.stdout.toString()).toContain('BR-KSA-98')
  })

  const tools: readonly (readonly string[])[] = [
    ['seal', 'DRAFT', ...sealing],
    ['check', vector('usd.xml')],
    ['verify', vector('usd.xml')],
    ['hash', vector('usd.xml')],
    ['qr', vector('usd.xml')],
    ['csr', '--config', join(fixtures, 'sdk', 'csr-input', 'csr-config-example-EN.properties'), '--key', key],
  ]
  it.each(tools)('%s loads no server and no database', (...words) => {
    const draft = draftFile('modules')
    const { status, loaded } = loadedBy(...words.map((word) => (word === 'DRAFT' ? draft : word)))
    expect(status).toBe(0)
    expect(loaded).toContain('cli/main.ts')
    expect(loaded.filter((path) => ofServerOrDatabase.test(path))).toEqual([])
  })
})
