/** The official example request is reproduced up to its signature; OpenSSL reads the Arabic names back; findings come all at once. */

import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { publicKeyOf, sign, verify } from '#core/ecdsa.ts'
import { buildCsr, type CsrFields, type CsrKey, checkCsrFields, readCsrProperties } from '#core/zatca/csr.ts'
import { fromBase64, sha256, toBase64 } from '#core/zatca/hash.ts'
import { fixtureText, testKey } from './fixtures.ts'

const key: CsrKey = { publicKey: publicKeyOf(testKey), sign: async (digest) => sign(digest, testKey) }
const config = (name: string): CsrFields =>
  readCsrProperties(fixtureText(`sdk/csr-input/csr-config-example-${name}.properties`))
const english = config('EN')

describe('buildCsr', () => {
  it('gives the official example up to the signature', async () => {
    const official = fromBase64(fixtureText('sdk/example-csr.txt')) ?? new Uint8Array()
    const { der } = await buildCsr(english, 'PRODUCTION', key)
    // The request info follows the outer header of four bytes; behind it stand algorithm and signature.
    const length = 4 + ((official[6] ?? 0) << 8) + (official[7] ?? 0)
    const info = (bytes: Uint8Array): string => toBase64(bytes.subarray(4, 4 + length))
    expect(length).toBe(448)
    expect(info(der)).toBe(info(official))
  })

  it('signs the request info', async () => {
    const { der } = await buildCsr(english, 'PRODUCTION', key)
    const signature = der.subarray(der.lastIndexOf(0x03, der.length - 70) + 3)
    expect(verify(sha256(der.subarray(4, 452)), signature, key.publicKey)).toBe(true)
  })

  for (const [environment, template] of [
    ['PRACTICE', 'TSTZATCA-Code-Signing'],
    ['SANDBOX', 'TSTZATCA-Code-Signing'],
    ['SIMULATION', 'PREZATCA-Code-Signing'],
    ['PRODUCTION', 'ZATCA-Code-Signing'],
  ] as const) {
    it(`names the template of ${environment}`, async () => {
      const { der } = await buildCsr(english, environment, key)
      const expected = Buffer.concat([Buffer.from([0x0c, template.length]), Buffer.from(template)])
      expect(Buffer.from(der).includes(expected)).toBe(true)
    })
  }

  const openssl = spawnSync('openssl', ['version']).status === 0
  if (!openssl) console.warn('SKIPPED: reading requests back needs openssl on the PATH')
  for (const name of ['EN', 'EN-VAT-group', 'AR', 'AR-VAT-Group']) {
    it.skipIf(!openssl)(`is read back by openssl: ${name}`, async () => {
      const fields = config(name)
      const { pem } = await buildCsr(fields, 'SIMULATION', key)
      const options = ['req', '-noout', '-verify', '-subject', '-nameopt', 'utf8,sep_comma_plus_space']
      const read = execFileSync('openssl', options, { input: pem, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })
      expect(read.trim()).toBe(
        `subject=C=SA, OU=${fields.organizationUnit}, O=${fields.organization}, CN=${fields.commonName}`,
      )
    })
  }

  it('writes PEM in lines of 64 characters', async () => {
    const { pem, der } = await buildCsr(english, 'SANDBOX', key)
    const lines = pem.trimEnd().split('\n')
    expect(lines[0]).toBe('-----BEGIN CERTIFICATE REQUEST-----')
    expect(lines.at(-1)).toBe('-----END CERTIFICATE REQUEST-----')
    expect(lines.slice(1, -2).every((line) => line.length === 64)).toBe(true)
    expect(fromBase64(lines.slice(1, -1).join(''))).toEqual(der)
  })

  it('refuses before anything is signed', async () => {
    const unused: CsrKey = { publicKey: key.publicKey, sign: () => Promise.reject(new Error('must not be asked')) }
    await expect(buildCsr({ ...english, country: 'UAE' }, 'SANDBOX', unused)).rejects.toMatchObject({
      code: 'csr/invalid',
      details: { findings: [{ field: 'country', problem: 'country-format' }] },
    })
  })
})

describe('checkCsrFields', () => {
  const problems = (change: Partial<CsrFields>): readonly string[] =>
    checkCsrFields({ ...english, ...change }).map(({ field, problem }) => `${field} ${problem}`)

  it('accepts the four official inputs', () => {
    for (const name of ['EN', 'EN-VAT-group', 'AR', 'AR-VAT-Group']) expect(checkCsrFields(config(name))).toEqual([])
  })

  it('reports every empty field of the template', () => {
    const template = readCsrProperties(fixtureText('sdk/csr-input/csr-config-template.properties'))
    expect(checkCsrFields(template).map(({ problem }) => problem)).toEqual(Array(9).fill('missing'))
  })

  const cases: readonly (readonly [change: Partial<CsrFields>, ...expected: string[]])[] = [
    [{ commonName: 'a'.repeat(65) }, 'commonName too-long'],
    [{ commonName: ` ${'a'.repeat(64)} ` }],
    [{ organization: 'ا'.repeat(64) }, 'organization too-many-bytes'],
    [{ organization: 'ا'.repeat(63) }],
    [{ industry: 'Food & drinks' }, 'industry forbidden-character'],
    [{ location: 'a_b' }, 'location forbidden-character'],
    [{ serialNumber: '1-A|2-B' }, 'serialNumber serial-format'],
    [{ serialNumber: '1-A|2-B|3-C=D' }, 'serialNumber serial-format'],
    [{ organizationIdentifier: '399999999900004' }, 'organizationIdentifier vat-format'],
    [{ organizationIdentifier: '٣٩٩٩٩٩٩٩٩٩٠٠٠٠٣' }, 'organizationIdentifier vat-format'],
    [{ organizationIdentifier: '399999999910003' }, 'organizationUnit group-needs-tin'],
    [{ invoiceType: '0000' }, 'invoiceType invoice-type-format'],
    [{ invoiceType: '11' }, 'invoiceType invoice-type-format'],
    [
      { commonName: ' ', country: 'SAU', invoiceType: '2' },
      'commonName missing',
      'country country-format',
      'invoiceType invoice-type-format',
    ],
  ]
  for (const [change, ...expected] of cases) {
    it(`${JSON.stringify(change)}: ${expected.join(', ') || 'fine'}`, () => {
      expect(problems(change)).toEqual(expected)
    })
  }
})

describe('readCsrProperties', () => {
  it('reads comments, blanks, colons, Windows line ends and escaped letters', () => {
    const text =
      '\ufeff# comment\r\n! too\r\ncsr.common.name = A=B \r\ncsr.organization.name:\\u0634\\u0631\\u0643\\u0629\r\n'
    expect(readCsrProperties(text)).toMatchObject({ commonName: 'A=B', organization: 'شركة', country: '' })
  })
})
