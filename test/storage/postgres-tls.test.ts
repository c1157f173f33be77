/** TLS to a real Postgres with an authority of its own, made by openssl: only the right authority and the right name are let in. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '#core/storage/postgres.ts'
import { connectionTo, isOnThisMachine, tlsModeOf, withTls } from '#core/storage/postgres-address.ts'
import { failing, postgres, type TestDatabase } from './engines.ts'

const openssl = (...options: readonly string[]): void => {
  const { status, stderr } = spawnSync('openssl', options, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
}

/** An authority, and a certificate that it signed for one host. */
const makeAuthority = (folder: string, name: string, host: string) => {
  const file = (suffix: string) => join(folder, `${name}.${suffix}`)
  const days = ['-days', '2', '-nodes', '-newkey', 'rsa:2048']
  openssl('req', '-x509', ...days, '-subj', `/CN=${name}`, '-keyout', file('ca.key'), '-out', file('ca.crt'))
  openssl('req', ...days.slice(2), '-subj', `/CN=${host}`, '-keyout', file('key'), '-out', file('csr'))
  writeFileSync(file('ext'), `subjectAltName=${host === 'localhost' ? 'DNS' : 'IP'}:${host}\n`)
  const signing = [
    '-CA',
    file('ca.crt'),
    '-CAkey',
    file('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    file('ext'),
  ]
  openssl('x509', '-req', '-in', file('csr'), ...signing, '-out', file('crt'))
  return { authority: file('ca.crt'), key: file('key'), certificate: file('crt') }
}

const engine = await postgres.start()
if (engine === undefined) console.warn('SKIPPED: TLS to Postgres needs the Postgres that npm ci brings along')

describe.skipIf(engine === undefined)('a Postgres over the network', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-tls-'))
  const own = makeAuthority(folder, 'own', 'localhost')
  const other = makeAuthority(folder, 'other', 'localhost')
  const elsewhere = makeAuthority(folder, 'elsewhere', '203.0.113.7')
  let database: TestDatabase
  let address = ''

  beforeAll(async () => {
    const created = await engine?.create()
    if (created === undefined || !('url' in created.address)) throw new Error('no Postgres')
    database = created
    address = created.address.url.replace('127.0.0.1', 'localhost')
  })
  afterAll(async () => {
    await engine?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Shows this certificate from now on. */
  const serve = async ({ key, certificate }: typeof own): Promise<void> => {
    const data = String((await database.sql('SHOW data_directory'))[0]?.[0])
    const { uid, gid } = statSync(data)
    for (const [from, name] of [
      [key, 'tls.key'],
      [certificate, 'tls.crt'],
    ] as const) {
      const to = join(data, name)
      cpSync(from, to)
      if (process.getuid?.() === 0) chownSync(to, uid, gid)
      chmodSync(to, 0o600)
    }
    await database.sql("ALTER SYSTEM SET ssl_key_file = 'tls.key'")
    await database.sql("ALTER SYSTEM SET ssl_cert_file = 'tls.crt'")
    await database.sql('ALTER SYSTEM SET ssl = on')
    await database.sql('SELECT pg_reload_conf()')
  }

  /** Whether the connection is encrypted, or what became of it. */
  const opened = async (url: string): Promise<unknown> => {
    try {
      const storage = await openPostgres({ url, connections: 1 })
      await storage.close()
    } catch (thrown) {
      return thrown
    }
    const client = new pg.Client(connectionTo(url))
    await client.connect()
    const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
    await client.end()
    return rows[0].ssl
  }

  test('that speaks no TLS is not spoken to when it has to', async () => {
    expect(await opened(withTls(address, 'verify', own.authority))).toEqual(failing('storage/untrusted'))
    expect(await opened(withTls(address, 'require'))).toEqual(failing('storage/untrusted'))
    expect(await opened(withTls(address, 'off'))).toBe(false)
  })

  test('is let in by the authority that was named, and by no other', async () => {
    await serve(own)
    await expect.poll(() => opened(withTls(address, 'verify', own.authority))).toBe(true)
    expect(await opened(withTls(address, 'verify', other.authority))).toEqual(failing('storage/untrusted'))
    // Those that the machine trusts by itself do not know it either.
    expect(await opened(withTls(address, 'verify'))).toEqual(failing('storage/untrusted'))
    expect(await opened(withTls(address, 'require'))).toBe(true)
  })

  test('has to be the host of the address', async () => {
    const byNumber = address.replace('localhost', '127.0.0.1')
    expect(await opened(withTls(byNumber, 'verify', own.authority))).toEqual(failing('storage/untrusted'))
    await serve(elsewhere)
    await expect
      .poll(() => opened(withTls(address, 'verify', elsewhere.authority)))
      .toMatchObject({ code: 'storage/untrusted', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  test('whose authority cannot be read is a mistake of the settings', async () => {
    expect(await opened(withTls(address, 'verify', join(folder, 'nowhere')))).toEqual(failing('config/invalid'))
  })
})

describe('an address', () => {
  test.each([
    ['postgres://khatm@database/khatm', undefined],
    ['postgres://khatm@database/khatm?sslmode=disable', 'off'],
    ['postgres://khatm@database/khatm?sslmode=require', 'require'],
    ['postgres://khatm@database/khatm?sslmode=verify-full', 'verify'],
    ['postgres://khatm@database/khatm?sslmode=verify-ca', 'unclear'],
    ['postgres://khatm@database/khatm?sslmode=prefer', 'unclear'],
    ['postgres://khatm@database/khatm?sslmode=no-verify', 'unclear'],
    ['postgres://khatm@database/khatm?ssl=true', 'unclear'],
  ])('%s says %s', (url, mode) => expect(tlsModeOf(url)).toBe(mode))

  test('leaves nothing to the driver', () => {
    const { connectionString, ssl } = connectionTo('postgres://k@database/khatm?sslmode=verify-full&application_name=x')
    expect(connectionString).toBe('postgres://k@database/khatm?application_name=x')
    expect(ssl).toMatchObject({ rejectUnauthorized: true, minVersion: 'TLSv1.2', servername: 'database' })
    expect(connectionTo('postgres://k@database/khatm').ssl).toBe(false)
    expect(() => connectionTo('postgres://k@database/khatm?sslmode=prefer')).toThrow('config/invalid')
  })

  test.each([
    ['postgres://khatm@127.0.0.1:6432/khatm', true],
    ['postgres://khatm@[::1]/khatm', true],
    ['postgres://khatm@localhost/khatm', true],
    ['postgres://khatm@%2Frun%2Fpostgresql/khatm', true],
    ['postgres:///khatm?host=/run/postgresql', true],
    ['postgres://khatm@localhost/khatm?host=database', false],
    ['postgres://khatm@localhost.example.sa/khatm', false],
    ['postgres://khatm@10.0.0.7/khatm', false],
  ])('%s is on this machine: %s', (url, expected) => expect(isOnThisMachine(url)).toBe(expected))
})
